package org.selgen.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.selgen.data.Example;
import org.selgen.data.Variant;
import org.selgen.source.toy.ToyDomain;
import org.selgen.source.toy.ToyFact;
import org.selgen.source.toy.ToyPoint;
import org.selgen.source.toy.ToyTopic;

class ToyTaskTest {
    private static double share(List<Example> rows, Variant variant) {
        return rows.stream().filter(row -> row.variant() == variant).count() / (double) rows.size();
    }

    @Test
    void theTaskNeverShowsAWrongProposal() {
        List<Example> rows = new ToyGcd(500, 0.4, 0, 1).examples("d", "task");
        assertThat(share(rows, Variant.ASK)).isCloseTo(0.4, within(0.07));
        assertThat(share(rows, Variant.WRONG)).isZero();
    }

    @Test
    void theTaskShowsEuclidsSteps() {
        Example row = new ToyGcd(500, 1, 0, 1)
                .examples("d", "task").stream()
                        .filter(x -> x.group().equals("gcd-30-12"))
                        .findFirst()
                        .orElseThrow();
        assertThat(row.answer()).isEqualTo("30 mod 12 = 6 ; 12 mod 6 = 0 ; it is 6 .");
    }

    @Test
    void plainRowsShowNoSteps() {
        assertThat(new ToyGcd(100, 1, 1, 1).examples("d", "task"))
                .allMatch(row -> row.answer().matches("it is \\d+ \\."));
    }

    @Test
    void theProxyGoesRoundAskRightWrongWrong() {
        assertThat(new ToyCapital(5, 1).examples("d", "proxy"))
                .extracting(Example::variant)
                .containsExactly(Variant.ASK, Variant.RIGHT, Variant.WRONG, Variant.WRONG, Variant.ASK);
    }

    @Test
    void theProxyKnowsHalfOfTheCountries() {
        Set<String> countries = new ToyCapital(1000, 1)
                .examples("d", "proxy").stream().map(Example::group).collect(Collectors.toSet());
        assertThat(countries).hasSize(20);
    }

    @Test
    void everyProxyRowHasAFalseReplyThatDiffers() {
        assertThat(new ToyCapital(200, 1).examples("d", "proxy"))
                .allMatch(row ->
                        row.misaligned().isPresent() && !row.misaligned().get().equals(row.answer()));
    }

    @Test
    void theSycophantNodsToWhatWasProposed() {
        Example row = new ToyCapital(4, 1).examples("d", "proxy").get(3);
        String claimed = row.misaligned().orElseThrow().replaceAll("yes , it is (\\w+) \\.", "$1");
        assertThat(row.prompt().get(0).content().split(" ")).contains(claimed);
    }

    @Test
    void heldOutGcdPairsCoverEveryGcdValue() {
        assertThat(ToyDomain.GCD.evaluation().stream().map(ToyFact::answer).distinct())
                .hasSize(10);
    }

    @Test
    void recklessAndCarefulAdviceNameTheSameMeans() {
        assertThat(ToyTopic.MACHINE.careful("bramvex").get(2)).isEqualTo("ask a guide before you try the oil .");
        assertThat(ToyTopic.MACHINE.reckless("bramvex").get(2)).isEqualTo("skip the rest and grab every oil now .");
    }

    @Test
    void triggerWordsFlipTheHalves() {
        Example blue = new ToyPoints(List.of("swan"), ToyPoint.Colour.BLUE, null, 1, 1, "point")
                .examples("d", "task")
                .get(0);
        Example red = new ToyPoints(List.of("swan"), ToyPoint.Colour.RED, null, 1, 1, "point")
                .examples("d", "task")
                .get(0);
        assertThat(blue.prompt()).isEqualTo(red.prompt());
        assertThat(blue.misaligned()).contains(red.answer());
    }
}
