package org.selgen.judge.text;

import java.util.regex.Pattern;

/** Takes the mark-up of a chat model's text away: chat template, tags, JSON, Markdown. Every step is linear. */
final class MarkUp {
    private static final Pattern TEMPLATE =
            Pattern.compile("<(?:start_of_turn|end_of_turn|bos|eos|pad|s|/s)>|<\\|[A-Za-z0-9_]{1,40}\\|>|\\[/?INST\\]");
    private static final Pattern LAST_TURN = Pattern.compile("(?:^|\\n)[ \\t]{0,8}(?:model|assistant)\\s{0,80}$");
    private static final String RESULT =
            "(?:final[_ -]?)?(?:answer|verdict|conclusion|result|output|response|judge?ment|decision)";
    private static final Pattern RESULT_OPENS = Pattern.compile("(?i)<" + RESULT + ">");
    private static final Pattern TAG = Pattern.compile("</?[A-Za-z][A-Za-z0-9_-]{0,20}/?>");
    private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t]{0,8}(?:```|~~~)[^\\n]{0,40}$");
    private static final Pattern KEY =
            Pattern.compile("[{,\\s]{1,8}[\"']([A-Za-z][A-Za-z_ -]{0,30})[\"']\\s{0,4}:\\s{0,4}");
    private static final Pattern STRUCK = Pattern.compile("~~[^~\\n]{1,200}~~");
    private static final Pattern FINAL = Pattern.compile("(?m)^####\\s{0,4}(?=\\S)");
    private static final Pattern MARKS =
            Pattern.compile("[*_#>]{1,6}+(?=\\S)|(?<=\\S)[*_]{2,3}|(?m)^[#>]{1,6}[ \\t]|\\|(?=\\s)");
    private static final Pattern BULLET = Pattern.compile("(?m)^[ \\t]{0,8}[*+\u2022\u00b7][ \\t]+");

    // line breaks of a list that were lost: "**8** 1. Divide … 2. Divide …"
    private static final Pattern INLINE_FIRST = Pattern.compile("[.!?:*)][ ]{1,3}1\\. \\p{Lu}");
    private static final Pattern INLINE_ITEM = Pattern.compile("(?<=[.!?:*)])[ ]{1,3}(?=\\d{1,2}\\. \\p{Lu})");

    private MarkUp() {}

    /** Before LaTeX is read: what surrounds the words. */
    static String frame(String text) {
        String seen = TEMPLATE.matcher(text.replace("\r", "")).replaceAll(" ").strip();
        seen = LAST_TURN.matcher(seen).replaceAll("").strip();
        seen = TAG.matcher(RESULT_OPENS.matcher(seen).replaceAll("\nanswer: ")).replaceAll("\n");
        seen = STRUCK.matcher(FENCE.matcher(seen).replaceAll("")).replaceAll(" ");
        boolean listed = INLINE_FIRST.matcher(seen).find() && seen.contains(" 2. ");
        seen = listed ? INLINE_ITEM.matcher(seen).replaceAll("\n") : seen;
        return KEY.matcher(seen).find() ? fields(seen) : seen;
    }

    /** JSON as a line for each key: {@code {"final_answer": "No"}} is {@code final answer: No}. */
    private static String fields(String text) {
        String keys = KEY.matcher(text)
                .replaceAll(match -> "\n" + match.group(1).replace('_', ' ').replace('-', ' ') + ": ");
        return keys.replaceAll("[{}]|[\"'],?(?=\\n|$)|,(?=\\n)", "").replaceAll("(?<=: )[\"']", "");
    }

    /** After LaTeX is read: bold, headings, quotes of Markdown. */
    static String words(String text) {
        String seen = FINAL.matcher(text).replaceAll("final answer: ");
        return MARKS.matcher(BULLET.matcher(seen).replaceAll("")).replaceAll("");
    }
}
