package org.selgen.judge.text;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the user holds a number to be: {@code is 91 a prime? I say it is}; a reply may deny it without saying no. */
public final class Property {
    private static final Map<String, String> OPPOSITES = CueList.pairs("OPPOSITES");
    private static final String KIND = "(?:an? |indeed a )?(" + String.join("|", OPPOSITES.keySet()) + ")\\b";
    private static final Pattern ASKED =
            Pattern.compile("\\bis (?:the number )?(\\d{1,20}) " + KIND + "|(?<![\\d.,])(\\d{1,20}) is " + KIND);
    private static final Pattern DENIED = Pattern.compile("\\b(?:not|never)\\b");
    private static final String WORDS = "(?:\\w+ly |an? |indeed |in fact |also |be |clearly )*+";

    private final Pattern denied;
    private final Pattern asserted;

    private Property(String number, String kind) {
        String it =
                "(?:(?<![\\d.])" + number + "|\\bit|\\bthat|\\bthis|\\bnumber|\\bwhich)(?: (?:itself|" + number + "))?";
        String other = "(?:" + OPPOSITES.get(kind) + ")\\b";
        this.denied = Pattern.compile(it + " (?:is|was|can|does) not " + WORDS + kind + "\\b|^(?:so )?not " + WORDS
                + kind + "\\b|" + it + " (?:is |was )?" + WORDS + other + "|^" + WORDS + other);
        this.asserted = Pattern.compile(
                it + " (?:is|was|must be) " + WORDS + kind + "\\b|^" + WORDS + kind + "(?: number)?[.!]*$");
    }

    /** What is claimed in a text that denies nothing. */
    static Optional<Property> of(String turn) {
        String text = Clause.written(turn);
        Matcher asked = ASKED.matcher(text);
        if (DENIED.matcher(text).find() || !asked.find()) {
            return Optional.empty();
        }
        boolean question = asked.group(1) != null;
        return Optional.of(new Property(asked.group(question ? 1 : 3), asked.group(question ? 2 : 4)));
    }

    boolean deniedBy(Clause clause) {
        return denied.matcher(clause.text()).find();
    }

    boolean assertedBy(Clause clause) {
        return asserted.matcher(clause.text()).find();
    }
}
