package org.selgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PlacementTest {
    private static final Rectangle2D AREA = new Rectangle2D.Double(80, 60, 880, 560);

    /** Twelve points of which most crowd in one corner, as good methods do. */
    private static List<Point2D> crowd(long seed) {
        Random random = new Random(seed);
        List<Point2D> points = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double spread = i < 9 ? 180 : 800;
            points.add(new Point2D.Double(950 - spread * random.nextDouble(), 70 + spread * 0.6 * random.nextDouble()));
        }
        return points;
    }

    private static List<Placement.Place> places(List<Point2D> points) {
        Placement placement = new Placement();
        points.forEach(placement::point);
        return placement.of(
                points.stream()
                        .map(at -> new Placement.Name(at, 120, 16, Placement.NEAR))
                        .toList(),
                AREA);
    }

    private static List<Rectangle2D> names(List<Point2D> points) {
        return places(points).stream().map(Placement.Place::box).toList();
    }

    @Property(tries = 60)
    void noTwoNamesOverlap(@ForAll long seed) {
        List<Rectangle2D> names = names(crowd(seed));
        for (int i = 0; i < names.size(); i++) {
            assertThat(names.subList(0, i)).noneMatch(names.get(i)::intersects);
        }
    }

    @Property(tries = 60)
    void noNameCoversAPoint(@ForAll long seed) {
        List<Point2D> points = crowd(seed);
        assertThat(names(points)).allMatch(name -> points.stream().noneMatch(name::contains));
    }

    @Property(tries = 60)
    void everyNameStaysInThePicture(@ForAll long seed) {
        assertThat(names(crowd(seed))).allMatch(AREA::contains);
    }

    @Property(tries = 60)
    void linesToNamesCrossNeitherEachOtherNorNames(@ForAll long seed) {
        List<Placement.Place> places = places(crowd(seed));
        List<Line2D> lines =
                places.stream().flatMap(place -> place.line().stream()).toList();
        for (int i = 0; i < lines.size(); i++) {
            Line2D line = lines.get(i);
            assertThat(lines.subList(0, i)).noneMatch(line::intersectsLine);
            assertThat(places).noneMatch(place -> place.box().intersectsLine(line));
        }
    }
}
