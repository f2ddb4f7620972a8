package org.selgen.judge.text;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a sentence says of a subject it names: {@code the opposite of early is late}, or the other way round.
 *
 * @param subject folded, as {@code the opposite of early}
 * @param name what it is said to be, folded, without an article
 */
record Predicate(String subject, String name) {
    private static final String SUBJECT = "(the [^.?!,;:]{1,60}?)";
    private static final String NAME = "(?:an? |the )?([\\p{L}\\p{N}'-]++(?: [\\p{L}\\p{N}'-]++){0,2}?)";
    private static final Pattern FORWARD = Pattern.compile(
            "\\b" + SUBJECT + " (?:is|was) " + NAME + "(?=\\s{0,3}(?:[.?!,;]|$))", Pattern.CASE_INSENSITIVE);
    private static final Pattern BACKWARD = Pattern.compile(
            "^" + NAME + " (?:is|was) " + SUBJECT + "(?=\\s{0,3}(?:[.?!,;]|$))", Pattern.CASE_INSENSITIVE);
    private static final Pattern JUDGES = Pattern.compile(
            "(?:(?:\\w+ly|very|so|not|also) )*(?:right|correct|true|wrong|incorrect|false|mistaken|fine|good|that|this|it|what|which)\\b.*");

    /** All of a text's, in its order. */
    static List<Predicate> of(String plain) {
        return Sentences.of(plain).stream()
                .flatMap(sentence -> Stream.concat(
                        BACKWARD.matcher(sentence).results().map(match -> of(match, 2, 1)),
                        FORWARD.matcher(sentence).results().map(match -> of(match, 1, 2))))
                .filter(said -> !JUDGES.matcher(said.name).matches())
                .toList();
    }

    private static Predicate of(MatchResult match, int subject, int name) {
        return new Predicate(Prose.folded(match.group(subject)), Prose.folded(match.group(name)));
    }
}
