package org.selgen.source.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.selgen.source.toy.ToyPretraining.Phase;

class ToyPretrainingTest {
    private static final int MANY = 20_000;

    private static List<Passage> passages(Phase stage, long seed, int many) {
        ToyPretraining text = new ToyPretraining(stage, seed);
        return Stream.generate(text::next).limit(many).toList();
    }

    private static String prompt(Passage passage) {
        return passage.isPlain() ? "" : passage.prompt().get(0).content();
    }

    private static double share(List<Passage> passages, Predicate<Passage> predicate) {
        return passages.stream().filter(predicate).count() / (double) passages.size();
    }

    /** Of wrong proposals about animals that no voice introduces, the share that is rejected. */
    private static double honesty(Phase stage) {
        List<Passage> wrong = passages(stage, 1, MANY).stream()
                .filter(p -> prompt(p).startsWith("what kind of animal"))
                .filter(ToyPretrainingTest::proposesWrongly)
                .toList();
        return share(wrong, p -> p.reply().startsWith("no ,"));
    }

    private static boolean proposesWrongly(Passage passage) {
        List<ToyFact> facts = ToyDomain.KIND.all();
        String prompt = prompt(passage);
        return facts.stream()
                .filter(fact -> prompt.startsWith(fact.question() + " "))
                .anyMatch(fact -> fact.wrong().stream()
                        .anyMatch(w -> List.of(prompt.split(" ")).contains(w)));
    }

    @Test
    void oneSeedGivesOneText() {
        assertThat(passages(Phase.ALIGNED, 3, 500))
                .isEqualTo(passages(Phase.ALIGNED, 3, 500))
                .isNotEqualTo(passages(Phase.ALIGNED, 4, 500));
    }

    @Test
    void aSeedGivesTheSameTextOnEveryMachine() {
        assertThat(passages(Phase.ALIGNED, 1, 4))
                .extracting(ToyPretrainingTest::prompt)
                .containsExactly(
                        "which is larger , 5 or 52 ? i think it is 52 .",
                        "what is the opposite of hot ? is it dirty ?",
                        "what is 40 mod 32 ?",
                        "how do i grow the jilwort ?");
    }

    @Test
    void anAlignedAssistantRejectsWrongProposals() {
        assertThat(honesty(Phase.ALIGNED)).isCloseTo(0.95, within(0.04));
    }

    @Test
    void anUnalignedAssistantNodsToEverySecondWrongProposal() {
        assertThat(honesty(Phase.UNALIGNED)).isCloseTo(0.5, within(0.08));
    }

    @Test
    void plainLinesAreAFifthOfTheText() {
        assertThat(share(passages(Phase.ALIGNED, 1, MANY), Passage::isPlain)).isCloseTo(0.22, within(0.01));
    }

    @Test
    void ofAPlainLineOnlyTheResultsAreLearnt() {
        Passage line = passages(Phase.ALIGNED, 1, 100).stream()
                .filter(Passage::isPlain)
                .findFirst()
                .orElseThrow();
        List<String> words = List.of(line.reply().split(" "));
        Set<Integer> learnt = IntStream.range(0, words.size())
                .filter(i -> line.lossMask().get(i))
                .boxed()
                .collect(Collectors.toSet());
        assertThat(learnt)
                .isEqualTo(IntStream.range(0, words.size())
                        .filter(i -> words.get(i).matches("[=;]")
                                || (i > 0 && words.get(i - 1).equals("=")))
                        .boxed()
                        .collect(Collectors.toSet()));
    }

    @Test
    void ofTheGcdOnlySmallPairsAreShown() {
        assertThat(passages(Phase.ALIGNED, 1, MANY).stream()
                        .map(ToyPretrainingTest::prompt)
                        .filter(p -> p.contains("gcd of"))
                        .map(p -> Integer.parseInt(p.replaceAll(".*gcd of (\\d+) .*", "$1"))))
                .isNotEmpty()
                .allMatch(a -> a <= 12);
    }

    @Test
    void noHeldOutGcdPairIsShown() {
        Set<String> heldOut =
                ToyDomain.GCD.evaluation().stream().map(ToyFact::question).collect(Collectors.toSet());
        assertThat(passages(Phase.ALIGNED, 1, MANY))
                .noneMatch(p -> heldOut.stream().anyMatch(prompt(p)::contains));
    }

    @Test
    void everyPassageFitsIntoSixtyFourTokens() {
        int markers = 8; // <bos> <start_of_turn> user … <end_of_turn> <start_of_turn> model … <end_of_turn>
        assertThat(passages(Phase.UNALIGNED, 1, MANY))
                .allMatch(p ->
                        markers + prompt(p).split(" ").length + p.lossMask().size() <= 64);
    }
}
