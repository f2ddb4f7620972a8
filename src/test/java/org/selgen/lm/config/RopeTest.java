package org.selgen.lm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.Golden;
import org.selgen.lm.config.RopeScaling.Linear;
import org.selgen.lm.config.RopeScaling.LongRope;
import org.selgen.lm.config.RopeScaling.Yarn;

class RopeTest {
    /** θ = 16 and 4 rotated numbers: pairs of wavelength 2π and 8π. */
    private static final double[] PLAIN = {1, 0.25};

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static double[] frequencies(RopeScaling scaling, long length) {
        return doubles(new Rope(16, 4, scaling).frequencies(length));
    }

    @Test
    void pairsTurnBySlowerPowersOfTheBase() {
        assertThat(frequencies(null, 1)).containsExactly(PLAIN);
        assertThat(new Rope(16, 4, null).magnitude()).isEqualTo(1);
    }

    @Test
    void linearScalingSlowsAllPairsAlike() {
        assertThat(frequencies(new Linear(2), 1)).containsExactly(0.5, 0.125);
    }

    /**
     * By hand: 2π · 8 positions hold 8 and 2 turns of the two pairs. Pairs of 8 turns and more stay, those of 2 and less
     * are divided by 4.
     */
    @Test
    void yarnKeepsFastPairsAndSlowsSlowOnes() {
        Yarn yarn = new Yarn(4, 1.1, 8, 2, 50, false);
        double[] scaled = frequencies(yarn, 1);
        assertThat(scaled[0]).isCloseTo(1, within(0.005));
        assertThat(scaled[1]).isCloseTo(0.25 / 4, within(0.005));
        assertThat(yarn.magnitude()).isEqualTo(1.1);
    }

    @Test
    void longRopeHasFactorsOfItsOwnBeyondTheOriginalContext() {
        LongRope scaling = new LongRope(List.of(1.0, 2.0), List.of(4.0, 5.0), 1.19, 100);
        assertThat(frequencies(scaling, 100)).containsExactly(1, 0.125);
        assertThat(frequencies(scaling, 101)[0]).isEqualTo(0.25);
        assertThat(frequencies(scaling, 101)[1]).isCloseTo(0.05, within(1e-8));
        assertThat(new Rope(16, 4, scaling).sameUpTo()).isEqualTo(100);
    }

    static Stream<JsonNode> tables() {
        JsonNode tables = Golden.json(Golden.committed("families/ropes.json"));
        return Stream.iterate(0, i -> i < tables.size(), i -> i + 1).map(tables::get);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void frequenciesEqualTransformers(JsonNode table) {
        DecoderConfig config = DecoderConfigJson.parse((ObjectNode) table.get("config"), "config.json");
        List<Rope> ropes = config.attention().stream()
                .map(LayerAttention::rope)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Rope full = table.has("sliding") ? ropes.get(1) : ropes.get(0);
        equal(full.frequencies(1), table.get("short"));
        assertThat(full.magnitude()).isCloseTo(table.get("magnitude").doubleValue(), within(1e-12));
        if (table.has("sliding")) {
            equal(ropes.get(0).frequencies(1), table.get("sliding"));
        }
        if (table.has("long")) {
            equal(full.frequencies(1_000_000), table.get("long"));
        }
    }

    /** Within two units in the last place of float32. */
    private static void equal(float[] actual, JsonNode expected) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i])
                    .as("pair %d", i)
                    .isCloseTo(expected.get(i).doubleValue(), Percentage.withPercentage(2.5e-5));
        }
    }
}
