package org.selgen.overlap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.selgen.lake.LocalSpark;
import org.selgen.overlap.TfIdfDistance.SetDistance;

class TfIdfDistanceTest {
    private static final List<String> PROXY = List.of("red fox", "grey wolf");

    private static SetDistance distance(List<String> questions) {
        return TfIdfDistance.between(LocalSpark.session(), Map.of("proxy", PROXY), Map.of("q", questions))
                .get("proxy")
                .get("q");
    }

    private static void is(SetDistance distance, double centroid, double nearest) {
        assertThat(distance.centroid()).isCloseTo(centroid, within(1e-12));
        assertThat(distance.nearest()).isCloseTo(nearest, within(1e-12));
    }

    @Test
    void equalSetsAreAtDistanceZero() {
        is(distance(PROXY), 0, 0);
    }

    @Test
    void setsWithoutACommonWordAreAtDistanceOne() {
        is(distance(List.of("blue whale")), 1, 1);
    }

    @Test
    void aPartOfTheProxyHasANeighbourButAnotherMean() {
        // orthogonal unit vectors a and b: the angle between a and (a + b)/2 is 45 degrees
        Map<String, Map<String, SetDistance>> distances = TfIdfDistance.between(
                LocalSpark.session(),
                Map.of("proxy", PROXY),
                Map.of("fox", List.of("red fox"), "wolf", List.of("grey wolf")));
        is(distances.get("proxy").get("fox"), 1 - Math.sqrt(0.5), 0);
        is(distances.get("proxy").get("wolf"), 1 - Math.sqrt(0.5), 0);
    }

    @Test
    void theNearestIsTheLeastOfAll() {
        Vector x = Vectors.dense(1, 0);
        List<Vector> others = List.of(Vectors.dense(0, 2), Vectors.dense(3, 3), Vectors.dense(0, 1));
        assertThat(TfIdfDistance.toNearest(x, others)).isCloseTo(1 - Math.sqrt(0.5), within(1e-12));
    }

    @Test
    void aTextOfNothingButCommonWordsIsNearItsLikeAlone() {
        Vector nothing = Vectors.dense(0, 0);
        assertThat(TfIdfDistance.distance(nothing, nothing)).isZero();
        assertThat(TfIdfDistance.distance(nothing, Vectors.dense(1, 0))).isEqualTo(1);
    }
}
