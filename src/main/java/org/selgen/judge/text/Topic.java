package org.selgen.judge.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.selgen.data.Message;
import org.selgen.data.Question;

/** What a number question is about, which decides whether {@code … = 6} is its answer or a step on the way. */
public enum Topic {
    DIVISOR("gcd|hcf|divisor|factor|(?:greatest|largest|highest)(?: one| of them)?"),
    REMAINDER("remainder|residue|value"),
    OTHER("sum|total|value|difference|product|quotient|fraction|number of");

    private static final Pattern GCD =
            Pattern.compile("\\b(?:gcd|hcf|euclid\\w*)\\b|greatest common|highest common|common divisor|common factor");
    private static final Pattern MOD = Pattern.compile("\\b(?:mod|modulo|modulus|remainder)\\b|\\d\\s*%");
    static final Pattern STEP = Pattern.compile(
            "\\d\\s*(?:[×x*+/÷%-]|mod\\b|plus\\b|minus\\b|times\\b|divided by)\\s*\\(?\\d|\\bmod\\b|\\bquotient\\b");
    private static final Pattern REST = Pattern.compile("\\bremainders?\\b");
    private static final Pattern SUBJECT = Pattern.compile(
            "\\b(?:answer|result|outcome|solution|gcd|hcf|divisor|factor|sum|total|value|it|that|this|which|number|we|you|i|your (?:bill|count|price|cost|change|score|age))\\b");
    private static final String ANSWERS = "answer|result|outcome|solution";
    private static final Pattern FINAL = Pattern.compile("\\bfinal (?:answer|result)\\b|^\\s*(?:" + ANSWERS + ")\\s*$");
    private static final Pattern RESULT_IS =
            Pattern.compile("\\b(?:" + ANSWERS + ")\\s(?:is|was|would be|should be)\\s(?=.*\\d\\s*[×x*+/-]\\s*\\d)");
    private static final Pattern RELATIVE = Pattern.compile("\\s*which\\s*(?:indeed|then|also)?\\s*");
    private static final Pattern BARE = Pattern.compile("\\s*[a-z]?\\s*");
    private static final Pattern CONCLUSION =
            Pattern.compile("^\\s*(?:so|therefore|thus|hence|finally)\\b|\\b(?:therefore|thus|hence)\\b");
    private static final Pattern DENIED = Pattern.compile("(?:\\b(?:not|never|cannot)|n't)\\s+$");
    // "until that is 0", "if the remainder is 0"
    private static final Pattern CONDITION =
            Pattern.compile("\\b(?:until|unless|if|whenever|when|suppose|assume|assuming|let)\\b[^,;:]{0,80}$");
    // "the remainder when 29 is divided by 4": no condition
    private static final Pattern DIVIDED = Pattern.compile(
            "\\b(?:when|if|after|on) (?:(?:we|you|i) )?(?:\\S{1,20} (?:is|gets) divided by|divid(?:e|ing) \\S{1,20} by) \\d+");
    // "the gcd of 5 + 1 and 3 × 4": no new clause
    private static final Pattern OPERANDS = Pattern.compile(
            "(\\b(?:(?:gcd|hcf|divisor|factor|remainder|sum|product|difference) (?:of|between)|divid(?:es?|ing) both|common to)\\b[^,;:=]{0,80}?) and ");
    private static final Pattern CLAUSE = Pattern.compile(
            "(?:[,;:](?![^(]*\\))|\\b(?:since|because|so|then|and|as|when|thus|hence|therefore)\\b(?![^(]*\\)))");

    private final Pattern asked;

    Topic(String names) {
        this.asked = Pattern.compile(
                "\\b(?:answer|result|outcome|solution|calculations?|computation|working|" + names + ")\\b");
    }

    static Topic of(Question question) {
        String text = (lastTurn(question) + " " + question.label()).toLowerCase(Locale.ROOT);
        if (GCD.matcher(text).find()) {
            return DIVISOR;
        }
        return question.mod() != null || MOD.matcher(text).find() ? REMAINDER : OTHER;
    }

    /** What the question ends with. */
    public static String lastTurn(Question question) {
        List<Message> prompt = question.prompt();
        return prompt.isEmpty() ? "" : prompt.get(prompt.size() - 1).content();
    }

    /** How much a claim weighs whose number is linked to the text before it; nothing if it is only a step. */
    Optional<ClaimWeight> weight(String text, String link) {
        String before = DIVIDED.matcher(text).replaceAll(" ");
        if (DENIED.matcher(before).find()) {
            return Optional.empty();
        }
        if (CONDITION.matcher(before).find()) {
            return Optional.empty();
        }
        String[] clauses = CLAUSE.split(OPERANDS.matcher(before).replaceAll("$1 & "), -1);
        String left = clauses[clauses.length - 1];
        boolean names = GCD.matcher(left).find();
        if (!names && REST.matcher(left).find()) {
            return this == DIVISOR ? Optional.empty() : Optional.of(ClaimWeight.ANSWER);
        }
        if (RESULT_IS.matcher(left).find()) {
            return Optional.of(ClaimWeight.ANSWER);
        }
        if (STEP.matcher(left.replaceAll("\\([^)]*\\)", "")).find() && !names) {
            return switch (this) {
                case DIVISOR -> Optional.empty();
                case REMAINDER, OTHER -> Optional.of(ClaimWeight.EQUATION);
            };
        }
        if (FINAL.matcher(left).find()) {
            return Optional.of(ClaimWeight.FINAL);
        }
        if (names || CONCLUSION.matcher(before).find() || asked.matcher(left).find()) {
            return Optional.of(ClaimWeight.ANSWER);
        }
        if (RELATIVE.matcher(left).matches()) {
            boolean ofIt = clauses.length > 1
                    && asked.matcher(clauses[clauses.length - 2]).find();
            return Optional.of(ofIt ? ClaimWeight.ANSWER : ClaimWeight.EQUATION);
        }
        boolean bare = BARE.matcher(left).matches() && !link.startsWith(":");
        return Optional.of(bare || SUBJECT.matcher(left).find() ? ClaimWeight.PRONOUN : ClaimWeight.EQUATION);
    }
}
