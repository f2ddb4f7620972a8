package org.selgen.source;

import java.util.List;
import org.selgen.source.form.SeededRandom;
import org.selgen.source.toy.ToyWorld;

/**
 * A number written as a small sum, product or power, or in words.
 *
 * @param text as {@code 5 × 10}, {@code 4^2 + 2} or {@code fifteen plus three}
 * @param value from 1 to 99
 */
record Expression(String text, int value) {
    private static final List<String> ONES =
            ToyWorld.words("zero one two three four five six seven eight nine ten eleven"
                    + " twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen");
    private static final List<String> TENS = ToyWorld.words("twenty thirty forty fifty sixty seventy eighty ninety");
    private static final int FORMS = 8;

    static Expression random(SeededRandom draw) {
        int a = draw.between(2, 9);
        int b = draw.between(2, 9);
        int c = draw.between(1, 15);
        return switch (draw.between(1, FORMS)) {
            case 1 -> new Expression(a + " × " + b, a * b);
            case 2 -> new Expression(a + " × " + b + " + " + c, a * b + c);
            case 3 -> new Expression((a + c) + " + " + (b + c), a + b + 2 * c);
            case 4 -> new Expression(a + "^2", a * a);
            case 5 -> new Expression(a + "^2 + " + c, a * a + c);
            case 6 -> new Expression(spelled(a) + " times " + spelled(b), a * b);
            case 7 -> new Expression(spelled(a + c) + " plus " + spelled(b + c), a + b + 2 * c);
            default -> new Expression(spelled(a * b), a * b);
        };
    }

    /** An English number word for 0 to 99. */
    static String spelled(int number) {
        if (number < ONES.size()) {
            return ONES.get(number);
        }
        String tens = TENS.get(number / 10 - 2);
        return number % 10 == 0 ? tens : tens + "-" + ONES.get(number % 10);
    }
}
