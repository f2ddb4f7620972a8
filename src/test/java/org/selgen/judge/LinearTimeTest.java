package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/** No text, however it is made, ends a judge or takes it more than time in proportion to its length. */
@Tag("slow")
class LinearTimeTest {
    private static final int LENGTH = 1 << 19;
    private static final int SHORTER = 32;
    private static final double SLACK = 3; // a shorter text is measured less exactly
    private static final double LEAST_SECONDS = 1; // below this nothing is compared
    private static final List<String> PIECES = List.of(
            "A.",
            "and ",
            "[[1",
            "a",
            "1",
            "1 ",
            "1,234 ",
            "is not ",
            "the gcd is 6. ",
            "{\"a\": ",
            "<think>",
            "</think>",
            "\\boxed{",
            "\\frac{1}{",
            "Yes. No. ",
            "... ",
            "? ",
            "6 is ",
            "one hundred and ",
            "(",
            "-1-",
            "~~",
            "**",
            "if ",
            "U.S. ",
            "i am not able to ",
            "\n",
            "'",
            "x^{",
            "1/",
            "as an ai ",
            "Rome is the capital of Italy; ",
            "1 2/3 ",
            "\ud83d\ude42",
            "\ud83d",
            "\u00e9",
            "all the oil at once ",
            "\u0130",
            "\u0000",
            "```\n");

    /** Each piece on end, and random mixtures of them all. */
    static Stream<String> texts() {
        Stream<String> mixtures = IntStream.range(0, 3).mapToObj(seed -> {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            while (text.length() < LENGTH) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            return text.substring(0, LENGTH);
        });
        return Stream.concat(
                PIECES.stream()
                        .map(piece -> piece.repeat(LENGTH / piece.length() + 1).substring(0, LENGTH)),
                mixtures);
    }

    static Stream<Judge> judges() {
        return Judges.names().stream().map(Judges::named);
    }

    @ParameterizedTest
    @MethodSource("judges")
    void halfAMegabyteOfAnythingIsJudgedInLinearTime(Judge judge) {
        Question question = TestQuestions.question(
                judge instanceof MathsAnswer ? Variant.ASK : Variant.CHAT,
                "8",
                "I think 6 is the gcd of 24 and 16. Am I right?");
        assertThat(texts()).allSatisfy(text -> {
            double part = seconds(judge, question, text.substring(0, LENGTH / SHORTER));
            double whole = seconds(judge, question, text);
            assertThat(whole)
                    .as("%s on '%.20s…', of which a %dth takes %.2f s", judge.rubric(), text, SHORTER, part)
                    .isLessThan(Math.max(LEAST_SECONDS, SLACK * SHORTER * part));
        });
    }

    /** Of the processor, so that a busy machine does not matter. */
    private static double seconds(Judge judge, Question question, String text) {
        long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat(judge.verdictOrError(question, text).verdict()).isNotEqualTo(ReplyParser.ERROR);
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e9;
    }
}
