package org.selgen.judge;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes the text of a chat model plain: no mark-up, no template remains, straight quotes; and cuts it into sentences. */
final class Prose {
    private static final Pattern TEMPLATE =
            Pattern.compile("<(?:start_of_turn|end_of_turn|bos|eos|pad)>|<\\|im_(?:start|end)\\|>|</s>");
    private static final Pattern LAST_TURN = Pattern.compile("(?:^|\\n)\\s*(?:model|assistant)\\s*$");
    private static final Pattern LETTERS =
            Pattern.compile("\\b((?:\\p{Lu}\\.\\s?)+\\p{Lu}|(?:\\p{L}\\.)+\\p{L})\\.(\\s+(?=\\p{Lu})|$)?");
    private static final Pattern TITLE = Pattern.compile("\\b(St|Dr|Mr|Mrs|Ms|Mt|Prof|vs|approx|No(?=\\.\\s*\\d))\\.");
    private static final Pattern END = Pattern.compile("(?<=[!?;])\\s*|(?<=\\.)(?!\\d)\\s*|\\n+");

    private Prose() {}

    /** The text as a person would see it. */
    static String plain(String text) {
        String seen = TEMPLATE.matcher(text.replace("\r", "")).replaceAll(" ").strip();
        seen = LAST_TURN.matcher(seen).replaceAll("").strip();
        seen = seen.replaceAll("[\u2018\u2019\u02bc\u2032`\u00b4]", "'")
                .replaceAll("[\u201c\u201d\u00ab\u00bb]", "\"")
                .replaceAll("[\u2212\u2013\u2011]", "-")
                .replace("\u2014", " , ")
                .replaceAll("[\u00a0\u202f\u2009]", " ")
                .replaceAll("[\u2705\u2714]\ufe0f?", " yes. ")
                .replaceAll("[\u274c\u2716]\ufe0f?", " no. ");
        return LatexText.plain(seen).replaceAll("[*_#>]{1,3}(?=\\S)|(?<=\\S)[*_]{2,3}", "");
    }

    /** The sentences of a plain text, ends kept; decimals and abbreviations as D.C. do not end one. */
    static List<String> sentences(String plain) {
        String safe = LETTERS.matcher(plain)
                .replaceAll(match -> match.group(1).replaceAll("[.\\s]", "") + (match.group(2) == null ? "" : ". "));
        safe = TITLE.matcher(safe).replaceAll("$1");
        List<String> sentences = new ArrayList<>();
        for (String part : END.splitAsStream(safe).toList()) {
            if (part.chars().anyMatch(Character::isLetterOrDigit)) {
                sentences.add(part.strip());
            }
        }
        return sentences;
    }

    /** Lower case, without accents; punctuation other than the apostrophe becomes a space. For comparing words. */
    static String folded(String text) {
        String bare = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        String joined = LETTERS.matcher(bare).replaceAll(match -> match.group(1).replaceAll("[.\\s]", ""));
        return joined.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}']+", " ")
                .strip();
    }
}
