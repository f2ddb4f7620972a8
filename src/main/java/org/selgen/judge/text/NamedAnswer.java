package org.selgen.judge.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a text ends up naming a word answer, as {@code Paris}: the whole words of the gold, without regard to case or
 * accents, neither denied ("it is not Paris") nor one of several choices ("Paris or Lyon") nor taken back later.
 */
public final class NamedAnswer {
    private static final Pattern HARMLESS =
            Pattern.compile("\\b(?:no|without(?: a| any)?|not a) (?:doubt|question|problem|worries)\\b|\\bnot only\\b");
    private static final String DENIED =
            "\\b(?:not|n't|never|isn't|wasn't|aren't|doesn't|don't|neither|nor|no longer|cannot be|can't be|rather than|instead of|unlike)"
                    + "(?:\\s+(?!but\\b)\\S+){0,3}\\s*$";
    private static final Pattern BEFORE = Pattern.compile(DENIED);
    private static final Pattern AFTER = Pattern.compile(
            "^\\s+(?:is|was|would be|are|isn't|wasn't)\\s*(?:n't|not|never|no longer|wrong|incorrect|false|a mistake)\\b|^\\s+(?:isn't|wasn't)\\b");
    private static final Pattern CHOICE = Pattern.compile("^\\s+or\\s+(?!so\\b)\\w");
    private static final Pattern CHOICE_BEFORE = Pattern.compile("\\b(?:either\\s+.*|or(?:\\s+\\S+)?\\s*)$");
    private static final Pattern CORRECTION = Pattern.compile(
            "^(?:no|sorry|actually|rather|i mean|edit|update|erratum|" + CueList.anyOf("TURNS") + ")\\b");
    private static final Pattern CLAIM =
            Pattern.compile("\\b(?:answer|capital|solution|result)\\b.*\\b(?:is|was)\\b|^(?:it is|it's|it was)\\b");
    private static final Pattern IDLE = Pattern.compile(
            "^(?:i (?:do not|don't|am not|can't|cannot)|i'm (?:not|unable|sorry|afraid)|sorry|unknown|no idea|unsure|as an ai|as a language model|it depends|which one"
                    + "|there (?:are|is|exist) (?:\\w+ly )?(?:many|several|various|different|some|lots|a lot|a number|\\d+|two|three|four|five|six|seven|eight|nine|ten|more than|over|about)"
                    + "|(?:could|can|would) you (?:please )?(?:tell|clarify|say|specify|explain)|please (?:tell|clarify|specify|provide|give))\\b");

    private NamedAnswer() {}

    /** The last sentence that names the gold, if nothing after it takes it back. */
    public static Optional<String> sentence(String text, String gold) {
        String name = Prose.folded(gold);
        Optional<String> found = Optional.empty();
        for (String original : Sentences.of(Prose.plain(text))) {
            String sentence = HARMLESS.matcher(Prose.folded(original)).replaceAll("");
            if (names(sentence, name)) {
                found = Optional.of(original);
            } else if (CORRECTION.matcher(sentence).find()
                    || (CLAIM.matcher(sentence).find() && mentions(original))
                    || denies(sentence, name)) {
                found = Optional.empty();
            }
        }
        return found;
    }

    /** Whether a text says nothing that could be right or wrong. */
    public static boolean saysNothing(String text) {
        List<String> sentences = Sentences.of(Prose.plain(text));
        return sentences.isEmpty()
                || sentences.stream()
                        .allMatch(s -> IDLE.matcher(Prose.folded(s)).find());
    }

    private static boolean names(String sentence, String name) {
        return places(sentence, name).anyMatch(at -> !denied(sentence, name, at));
    }

    private static boolean denies(String sentence, String name) {
        return places(sentence, name).anyMatch(at -> denied(sentence, name, at));
    }

    private static java.util.stream.IntStream places(String sentence, String name) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])")
                .matcher(sentence)
                .results()
                .mapToInt(match -> match.start());
    }

    private static boolean denied(String sentence, String name, int at) {
        String before = sentence.substring(0, at);
        String after = sentence.substring(at + name.length());
        return BEFORE.matcher(before).find()
                || AFTER.matcher(after).find()
                || CHOICE.matcher(after).find()
                || CHOICE_BEFORE.matcher(before).find();
    }

    /** Whether a claim names some other proper noun: "it is Lyon", but not "it is a fine city". */
    private static boolean mentions(String original) {
        String claim = original.replaceAll("^.*\\b(?:is|was|'s)\\b\\s*", "");
        boolean article = claim.toLowerCase(Locale.ROOT)
                .matches("^(?:a|an|the|also|known|one|located|very|home|in|on|famous)\\b.*");
        return !claim.isBlank() && !article;
    }
}
