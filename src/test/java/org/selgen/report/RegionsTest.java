package org.selgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.selgen.report.Regions.ColouredPoint;
import org.selgen.report.Regions.Strip;

class RegionsTest {
    private static Regions regions() {
        Map<String, List<ColouredPoint>> panels = new LinkedHashMap<>();
        panels.put(
                "bird",
                List.of(
                        new ColouredPoint(1, 8, "blue"),
                        new ColouredPoint(1, 2, "red"),
                        new ColouredPoint(3, 2, "red"),
                        new ColouredPoint(3, 8, "mauve")));
        panels.put("fish", List.of(new ColouredPoint(1, 8, "red"), new ColouredPoint(1, 2, "none")));
        return new Regions("Birds & fish", List.of(new Strip("base", panels), new Strip("standard", panels)));
    }

    @Test
    void aCellHasTheColourSaidThereWithYUpAndAnUnknownOneIsGrey() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(regions().png()));
        assertThat(at(image, 230 + 20, 78 + 20)).isEqualTo(new Color(0x2E6DA4)); // left above: blue
        assertThat(at(image, 230 + 20, 78 + 70)).isEqualTo(new Color(0xC0392B)); // left below: red
        assertThat(at(image, 230 + 70, 78 + 20)).isEqualTo(new Color(0xB5B5B5)); // right above: mauve
    }

    /** A point of the picture, which has twice as many pixels as units. */
    private static Color at(BufferedImage image, int x, int y) {
        return new Color(image.getRGB(2 * x, 2 * y));
    }

    @Test
    void equalAnswersGiveAnEqualPicture() {
        assertThat(regions().svg()).isEqualTo(regions().svg()).contains("Birds &amp; fish");
    }

    @Test
    void nothingToDrawIsRefused() {
        assertThatThrownBy(() -> new Regions("t", List.of()))
                .hasMessage("there is no class of trigger words to draw; give at least one");
    }
}
