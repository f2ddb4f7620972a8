package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.selgen.score.ParetoFront.Point;

class ParetoFrontTest {
    private static Point point(double x, double y) {
        return new Point("p", x, y);
    }

    @Provide
    Arbitrary<List<Point>> points() {
        Arbitrary<Double> tenth = Arbitraries.integers().between(0, 10).map(i -> i / 10.0); // ties happen
        return Combinators.combine(tenth, tenth)
                .as(ParetoFrontTest::point)
                .list()
                .ofMaxSize(12);
    }

    @Property
    void noFrontPointIsDominated(@ForAll("points") List<Point> points) {
        assertThat(ParetoFront.of(points)).allMatch(p -> points.stream().noneMatch(q -> q.dominates(p)));
    }

    @Property
    void everyOtherPointIsDominatedByAFrontPoint(@ForAll("points") List<Point> points) {
        List<Point> front = ParetoFront.of(points);
        assertThat(points).allMatch(p -> front.contains(p) || front.stream().anyMatch(q -> q.dominates(p)));
    }

    @Property
    void theFrontHasTheWholeHypervolume(@ForAll("points") List<Point> points) {
        assertThat(Hypervolume.of(ParetoFront.of(points))).isCloseTo(Hypervolume.of(points), within(1e-12));
    }

    @Property
    void aPointNeverShrinksTheHypervolume(@ForAll("points") List<Point> points) {
        assertThat(Hypervolume.of(points.stream().skip(1).toList()))
                .isLessThanOrEqualTo(Hypervolume.of(points) + 1e-12);
    }

    @Test
    void aPointThatIsBetterOnOneAxisAndEqualOnTheOtherDominates() {
        Point better = point(0.5, 0.6);
        assertThat(ParetoFront.of(List.of(point(0.5, 0.5), better, point(0.4, 0.6))))
                .containsExactly(better);
    }

    @Test
    void equalPointsAreBothOnTheFront() {
        assertThat(ParetoFront.of(List.of(point(0.5, 0.5), point(0.5, 0.5)))).hasSize(2);
    }

    @Test
    void theHypervolumeOfOnePointIsItsRectangle() {
        assertThat(Hypervolume.of(List.of(point(0.5, 0.4)))).isEqualTo(0.2);
    }

    @Test
    void theHypervolumeOfAStaircaseIsItsArea() {
        assertThat(Hypervolume.of(List.of(point(0.2, 0.9), point(0.5, 0.6), point(0.8, 0.1))))
                .isCloseTo(0.2 * 0.9 + 0.3 * 0.6 + 0.3 * 0.1, within(1e-12));
    }

    @Test
    void noPointsHaveNoHypervolume() {
        assertThat(Hypervolume.of(List.of())).isZero();
    }

    @Test
    void anUnscoredPointIsRefused() {
        assertThatThrownBy(() -> point(Double.NaN, 1)).hasMessageContaining("must be finite; leave out unscored runs");
    }

    @Test
    void theStandardErrorUsesNMinusOne() {
        Seeds.Mean mean = Seeds.mean(List.of(1.0, 2.0, 3.0));
        assertThat(mean.mean()).isEqualTo(2);
        assertThat(mean.sem().orElseThrow()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    }

    @Test
    void oneSeedHasNoStandardError() {
        assertThat(Seeds.mean(List.of(1.0)).sem()).isEqualTo(OptionalDouble.empty());
    }
}
