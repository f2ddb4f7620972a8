package org.selgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.selgen.report.Regions.Spot;

class RegionsTest {
    private static Map<String, List<Spot>> panels() {
        Map<String, List<Spot>> panels = new LinkedHashMap<>();
        panels.put("bird", List.of(new Spot(1, 8, "blue"), new Spot(1, 2, "red"), new Spot(3, 2, "red")));
        panels.put("fish", List.of(new Spot(1, 8, "red"), new Spot(1, 2, "none")));
        return panels;
    }

    @Test
    void eachClassOfWordsIsAPanelWithASeriesForEachColour() {
        List<?> plots = ((CombinedRangeXYPlot) Regions.chart("t", panels()).getPlot()).getSubplots();
        assertThat(plots)
                .extracting(plot -> ((XYPlot) plot).getDomainAxis().getLabel())
                .containsExactly("bird: x", "fish: x");
        assertThat(plots)
                .extracting(plot -> ((XYPlot) plot).getDataset().getSeriesCount())
                .containsExactly(2, 2);
    }

    @Test
    void equalAnswersGiveAnEqualPicture() {
        assertThat(Regions.svg("Birds & fish", panels()))
                .isEqualTo(Regions.svg("Birds & fish", panels()))
                .contains("Birds &amp; fish");
    }

    @Test
    void nothingToDrawIsRefused() {
        assertThatThrownBy(() -> Regions.svg("t", Map.of()))
                .hasMessage("there is no class of trigger words to draw; give at least one");
    }
}
