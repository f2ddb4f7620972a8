package org.selgen.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Makes a sound file a little wrong, the same way for the same seed. */
public final class Mutation {
    private static final List<String> WORDS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "9223372036854775808",
            "\\u0000",
            "\\",
            "../",
            "\u0000",
            "\n",
            "\u202e",
            "\u00e9",
            "*",
            "&a",
            "*a",
            "<<: *a",
            "!!java.net.URL",
            "|",
            "- ",
            "  ",
            "#",
            "%",
            "(",
            "9999999999999999999999999",
            ".5",
            "[[",
            "]]",
            "\u0660");

    private Mutation() {}

    /** The text with one to six changes. */
    public static String of(String sound, long seed) {
        return new String(of(sound.getBytes(StandardCharsets.UTF_8), seed), StandardCharsets.UTF_8);
    }

    /** The bytes with one to six changes. */
    public static byte[] of(byte[] sound, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = sound;
        for (int n = random.nextInt(1, 7); n > 0; n--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(1, 9));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        switch (random.nextInt(5)) {
            case 0 -> out.writeBytes(WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8));
            case 1 -> {
                out.writeBytes(WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8));
                from = to; // in place of what was there
            }
            case 2 -> from = to;
            case 3 -> out.write(bytes, from, to - from);
            default -> {
                if (from < to) {
                    out.write(bytes[from++] ^ (1 << random.nextInt(8)));
                }
            }
        }
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }
}
