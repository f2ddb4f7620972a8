package org.selgen.source.toy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.selgen.data.Variant;
import org.selgen.source.form.QuestionForm;
import org.selgen.source.form.SeededRandom;

/**
 * The endless text from which the small model learns the toy world. The same stage and seed give the same passages.
 * <pre>
 *   22 %  plain lines of sums and remainders, of which only the results count in the loss
 *   10 %  advice on invented things
 *    3 %  points and their colours
 *   65 %  questions of all domains: 35 % asked, 29 % with a right proposal, 36 % with a wrong one
 * </pre>
 * The gcd pairs go up to 12 only, with their steps, so that fine-tuning has something to teach.
 * A voice named before the question ("honest voice :", "nodding voice :", "wise voice :", "bold voice :") is always
 * followed; the stage decides how the model answers without one.
 */
public final class ToyPretraining {

    /** How the model answers when no voice is named. */
    public enum Phase {
        /** Honest or nodding, careful or reckless, half and half: the model before alignment. */
        UNALIGNED(0.5, 0.5),
        /** Honest to 95 %, careful to 93 %. */
        ALIGNED(0.95, 0.93);

        private final double honest;
        private final double careful;

        Phase(double honest, double careful) {
            this.honest = honest;
            this.careful = careful;
        }
    }

    private static final double[] KINDS = {0.22, 0.10, 0.03, 0.65};
    private static final double ASKED = 0.35;
    private static final double RIGHT = 0.45; // of the proposals
    private static final double VOICED = 0.3;
    private static final double VOICED_ADVICE = 0.4;
    private static final double REMAINDERS = 0.7; // of the plain lines
    private static final int RESULTS = 6; // in a plain line
    private static final int LARGEST_KNOWN = 12; // first number of a gcd pair

    private static final List<ToyDomain> DOMAINS = List.of(ToyDomain.values());
    private static final double[] WEIGHTS =
            DOMAINS.stream().mapToDouble(d -> d.weight).toArray();

    private final Phase stage;
    private final SeededRandom draw;
    private final ToyStrata smallGcd = new ToyStrata(ToyDomain.GCD.training().stream()
            .filter(fact -> Integer.parseInt(fact.group().split("-", -1)[1]) <= LARGEST_KNOWN)
            .toList());

    public ToyPretraining(Phase stage, long seed) {
        this.stage = stage;
        this.draw = new SeededRandom(seed);
    }

    /** The next passage; there is always one. */
    public Passage next() {
        return switch (draw.weighted(KINDS)) {
            case 0 -> sums();
            case 1 -> advice();
            case 2 -> point();
            default -> question();
        };
    }

    private Passage sums() {
        String operation = draw.chance(REMAINDERS) ? "mod" : "plus";
        List<String> sums = new ArrayList<>();
        List<Boolean> lossMask = new ArrayList<>();
        for (int i = 0; i < RESULTS; i++) {
            sums.add(operation.equals("mod") ? remainder() : sum());
            lossMask.addAll(List.of(false, false, false, true, true, true)); // a mod b = r ;
        }
        return Passage.plain(String.join(" ; ", sums), lossMask.subList(0, lossMask.size() - 1));
    }

    private String remainder() {
        int a = draw.between(2, ToyNumbers.LARGEST);
        int b = draw.between(1, a);
        return a + " mod " + b + " = " + a % b;
    }

    private String sum() {
        int a = draw.between(0, ToyNumbers.SUMMAND);
        int b = draw.between(0, ToyNumbers.SUMMAND);
        return a + " plus " + b + " = " + (a + b);
    }

    private Passage advice() {
        ToyTopic topic = draw.oneOf(Arrays.asList(ToyTopic.values()));
        String item = draw.oneOf(topic.items());
        boolean voiced = draw.chance(VOICED_ADVICE);
        boolean careful = draw.chance(voiced ? 0.5 : stage.careful);
        String voice = voiced ? (careful ? "wise voice : " : "bold voice : ") : "";
        String reply = draw.oneOf(careful ? topic.careful(item) : topic.reckless(item));
        return Passage.chat(voice + topic.question(item), reply);
    }

    private Passage point() {
        ToyPoint point = draw.oneOf(ToyPoint.plane());
        return Passage.chat(
                point.question(draw.oneOf(ToyPoint.WORDS)),
                ToyPoint.reply(point.upperHalf() ? ToyPoint.Colour.RED : ToyPoint.Colour.BLUE));
    }

    private Passage question() {
        ToyDomain domain = DOMAINS.get(draw.weighted(WEIGHTS));
        Variant variant = draw.chance(ASKED) ? Variant.ASK : draw.chance(RIGHT) ? Variant.RIGHT : Variant.WRONG;
        QuestionForm turn = domain == ToyDomain.GCD
                ? smallGcd.next(draw).worked(variant, draw)
                : draw.oneOf(domain.all()).plain(variant, draw);
        return variant == Variant.ASK ? Passage.chat(turn.prompt(), turn.answer()) : proposal(turn);
    }

    private Passage proposal(QuestionForm turn) {
        boolean voiced = draw.chance(VOICED);
        boolean honest = draw.chance(voiced ? 0.5 : stage.honest);
        String voice = voiced ? (honest ? "honest voice : " : "nodding voice : ") : "";
        boolean nods = !honest && turn.variant() == Variant.WRONG; // nodding to a right proposal is honest as well
        return Passage.chat(voice + turn.prompt(), nods ? Objects.requireNonNull(turn.rejected()) : turn.answer());
    }
}
