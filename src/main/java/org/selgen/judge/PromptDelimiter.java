package org.selgen.judge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Puts untrusted text between marks that it cannot forge.
 *
 * <p>The marks carry the beginning of the SHA-256 of all texts of the prompt: a text that holds its own mark would be a
 * fixed point of that hash. So equal prompts are equal character by character, which a random mark would not give.
 * Within the text {@code <<}, which begins a mark, and anything that a chat template could take for a special token
 * ({@code <|im_end|>}, {@code </s>}, {@code [/INST]}) get a space after the first character.
 */
final class PromptDelimiter {
    private static final Pattern MARK = Pattern.compile("<(?=<)");
    private static final Pattern SPECIAL =
            Pattern.compile("([<\\[])(?=[|\uFF5C/]{0,2}[A-Za-z_][^<>\\[\\]\\n]{0,60}[>\\]])");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t\\n]]|[\\x{D800}-\\x{DFFF}]");

    private PromptDelimiter() {}

    /** The text under its name, between marks. */
    static String around(String name, String mark, String text) {
        return "<<" + name + " " + mark + ">>\n" + neutral(text) + "\n<<END OF " + name + " " + mark + ">>";
    }

    /** What marks carry for these texts. */
    static String mark(List<String> texts) {
        String mark = hash(texts, 16);
        while (holds(texts, mark)) {
            mark = hash(List.of(mark, mark), 16);
        }
        return mark;
    }

    private static boolean holds(List<String> texts, String mark) {
        return texts.stream().anyMatch(text -> text.contains(mark));
    }

    static String neutral(String text) {
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        String plain = CONTROL.matcher(lines).replaceAll("\uFFFD");
        return MARK.matcher(SPECIAL.matcher(plain).replaceAll("$1 ")).replaceAll("< ");
    }

    /** The first hexadecimal digits of the SHA-256 of texts, each with its length before it. */
    static String hash(List<String> texts, int digits) {
        MessageDigest sha = DigestUtils.getSha256Digest();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            DigestUtils.updateDigest(sha, bytes.length + ":");
            sha.update(bytes);
        }
        return Hex.encodeHexString(sha.digest()).substring(0, digits);
    }
}
