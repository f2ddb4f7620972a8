package org.selgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CrowdTest {
    /** Of so many points most lie within a corner of this side. */
    private static List<Point2D> points(long seed, int number) {
        Random random = new Random(seed);
        List<Point2D> points = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            double side = i % 4 == 0 ? 1 : 0.2;
            points.add(new Point2D.Double(1 - side * random.nextDouble(), 1 - side * random.nextDouble()));
        }
        return points;
    }

    @Property(tries = 100)
    void theFreePartHoldsNoPointNoLineAndNothingOfTheCrowd(
            @ForAll long seed, @ForAll @IntRange(min = 5, max = 30) int n) {
        List<Point2D> points = points(seed, n);
        List<Line2D> lines = points.stream()
                .<Line2D>map(at -> new Line2D.Double(at.getX() - 0.05, at.getY(), at.getX() + 0.05, at.getY()))
                .toList();
        Optional<Crowd> crowd = Crowd.of(points, lines);
        crowd.ifPresent(some -> {
            assertThat(points).noneMatch(some.free()::contains);
            assertThat(lines).noneMatch(some.free()::intersectsLine);
            assertThat(some.free().intersects(some.box())).isFalse();
            assertThat(new Rectangle2D.Double(0, 0, 1, 1).contains(some.free())).isTrue();
        });
    }

    @Test
    void pointsInACornerAreACrowd() {
        Crowd crowd = Crowd.of(points(3, 12), List.of()).orElseThrow();
        assertThat(crowd.box().getMinX()).isGreaterThan(0.6);
        assertThat(crowd.free().getWidth() * crowd.free().getHeight()).isGreaterThan(0.15);
    }

    @Test
    void pointsFarFromEachOtherAreNone() {
        List<Point2D> points = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            points.add(new Point2D.Double(i / 11.0, 1 - i / 11.0));
        }
        assertThat(Crowd.of(points, List.of())).isEmpty();
    }
}
