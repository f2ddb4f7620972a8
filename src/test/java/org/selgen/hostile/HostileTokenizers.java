package org.selgen.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tokenizers that the native library must not be given, or must refuse without falling over. */
final class HostileTokenizers {
    private static final String FILE = "tokenizer.json";

    private HostileTokenizers() {}

    static List<Hostile> all() {
        String sound;
        try {
            sound = Files.readString(Path.of("data-lake/models/tiny").resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Hostile> all = new ArrayList<>();
        odd().forEach((part, values) -> values.forEach(value -> all.add(Hostile.text(FILE, with(sound, part, value)))));
        return all;
    }

    /** Each part of the file with values it cannot have. */
    private static Map<String, List<String>> odd() {
        Map<String, List<String>> odd = new LinkedHashMap<>();
        odd.put("model", List.of(
                "null", "[]", "7", "{}", "{\"type\":\"Evil\"}", "{\"type\":\"WordLevel\"}",
                "{\"type\":\"WordLevel\",\"vocab\":{\"a\":-1},\"unk_token\":\"a\"}",
                "{\"type\":\"WordLevel\",\"vocab\":{\"a\":1099511627776},\"unk_token\":\"a\"}",
                "{\"type\":\"WordLevel\",\"vocab\":{\"a\":1.5},\"unk_token\":\"a\"}",
                "{\"type\":\"WordLevel\",\"vocab\":[],\"unk_token\":7}",
                "{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"x y\"]}",
                "{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[3]}"));
        odd.put("normalizer", List.of("7", "{\"type\":\"Evil\"}",
                "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(\"},\"content\":\"a\"}"));
        odd.put("pre_tokenizer", List.of("7", "{\"type\":\"Evil\"}",
                "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[\"},\"behavior\":\"Isolated\",\"invert\":false}"));
        odd.put("post_processor", List.of("7", "{\"type\":\"Evil\"}"));
        odd.put("decoder", List.of("7", "{\"type\":\"Evil\"}"));
        odd.put("added_tokens", List.of("7", "[7]", "[{\"id\":-5,\"content\":\"x\"}]"));
        return odd;
    }

    /** The value first, and the file's own taken away. */
    private static String with(String sound, String part, String value) {
        return "{\"" + part + "\":" + value + "," + sound.strip().substring(1).replace("\"" + part + "\"", "\"x-" + part + "\"");
    }
}
