package org.selgen.report.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selgen.data.KebabCase;
import org.selgen.data.Run;
import org.selgen.method.Method;

/** Whoever looks at a picture can tell methods apart, in colour, without, and on either ground. */
class IdentityTest {
    private static final double ALIKE = 0.7; // common area of two markers, as a share of what either covers
    private static final double TOLD_APART = 10; // CIEDE2000; 2 are seen side by side
    private static final double FOR_MARKERS = 3; // WCAG 2.2, 1.4.11
    private static final double FOR_WORDS = 4.5; // WCAG 2.2, 1.4.3

    private static Collection<Identity> all() {
        return Identity.declared().values();
    }

    @Test
    void everyMethodHasAnIdentityOfItsOwn() {
        List<String> methods = Stream.concat(
                        Stream.of(Run.BASE, "start", Run.EXTERNAL),
                        Stream.of(Method.class.getPermittedSubclasses()).map(type -> KebabCase.of(type)))
                .toList();
        assertThat(Identity.declared().keySet()).containsAll(methods);
    }

    @Test
    void noTwoMethodsShareAMarkerAndNoneHasThatOfTheUnknown() {
        assertThat(all().stream().map(Identity::marker))
                .doesNotHaveDuplicates()
                .doesNotContain(Identity.of("of an older lake").marker());
    }

    /** Of each two markers that cover nearly the same, and of all colours, whatever the eye lacks. */
    @ParameterizedTest
    @EnumSource(Vision.class)
    void methodsWithLikeMarkersHaveColoursThatAreToldApart(Vision vision) {
        List<Identity> identities = new ArrayList<>(all());
        for (int i = 0; i < identities.size(); i++) {
            Identity one = identities.get(i);
            for (Identity other : identities.subList(0, i)) {
                if (common(one.marker(), other.marker()) > ALIKE) {
                    assertThat(vision.distance(one.colour(), other.colour()))
                            .as("%s and %s", one, other)
                            .isGreaterThan(TOLD_APART);
                }
            }
        }
    }

    @Test
    void noTwoMarkersCoverTheSame() {
        List<Marker> markers = List.of(Marker.values());
        for (int i = 0; i < markers.size(); i++) {
            for (Marker other : markers.subList(0, i)) {
                assertThat(common(markers.get(i), other))
                        .as("%s and %s", markers.get(i), other)
                        .isLessThan(0.9);
            }
        }
    }

    private static double common(Marker one, Marker other) {
        Shape first = one.shape(10);
        Shape second = other.shape(10);
        int both = 0;
        int either = 0;
        for (double x = -16; x <= 16; x += 0.5) {
            for (double y = -16; y <= 16; y += 0.5) {
                boolean in = first.contains(x, y);
                boolean inOther = second.contains(x, y);
                both += in && inOther ? 1 : 0;
                either += in || inOther ? 1 : 0;
            }
        }
        return (double) both / either;
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void everyMarkerAndEveryWordStandsOutFromTheGround(Theme theme) {
        assertThat(all()).allSatisfy(identity -> {
            assertThat(contrast(identity.colour(), theme.ground())).isGreaterThan(FOR_MARKERS);
            assertThat(contrast(theme.words(identity.colour()), theme.ground())).isGreaterThan(FOR_WORDS);
        });
        assertThat(List.of(theme.ink(), theme.quiet()))
                .allSatisfy(words -> assertThat(contrast(words, theme.ground())).isGreaterThan(FOR_WORDS));
    }

    /** Relative luminances, WCAG 2.2. */
    private static double contrast(Color one, Color other) {
        double first = Vision.luminance(one) + 0.05;
        double second = Vision.luminance(other) + 0.05;
        return Math.max(first, second) / Math.min(first, second);
    }

    /** Two of the pairs that Sharma, Wu and Dalal give for checking, table 1. */
    @Test
    void theColourDifferenceIsThatOfItsSource() {
        assertThat(CieDe2000.of(new double[] {50, 2.6772, -79.7751}, new double[] {50, 0, -82.7485}))
                .isCloseTo(2.0425, within(5e-5));
        assertThat(CieDe2000.of(new double[] {60.2574, -34.0099, 36.2677}, new double[] {60.4626, -34.1751, 39.4387}))
                .isCloseTo(1.2644, within(5e-5));
    }

    @Test
    void aMarkersSvgPathIsItsShape() {
        assertThat(Marker.SQUARE.svgPath(10)).isEqualTo("M-9.00 -9.00L9.00 -9.00L9.00 9.00L-9.00 9.00Z");
        assertThat(Marker.CIRCLE.svgPath(5)).startsWith("M5.00 0.00C").endsWith("Z");
    }

    @Test
    void aColourIsGivenAsHex() {
        assertThat(Identity.of("standard").hex()).isEqualTo("#d55e00");
    }
}
