package org.selgen.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private int columns = 40;
    private final StringWriter said = new StringWriter();
    private final StatusLine status = new StatusLine(new PrintWriter(said), () -> columns);

    /** The last line that was drawn, without what clears the place and leads the cursor back. */
    private String drawn() {
        String all = said.toString();
        assertThat(all).endsWith("\r");
        return all.substring(all.lastIndexOf("\r\033[J") + 4, all.length() - 1);
    }

    @Test
    void aLineIsCutToTheWidthThatTheTerminalHasNow() {
        status.draw("x".repeat(39));
        assertThat(drawn()).isEqualTo("x".repeat(39));
        status.draw("x".repeat(40));
        assertThat(drawn()).isEqualTo("x".repeat(38) + "…");
        columns = 10;
        status.draw("x".repeat(40));
        assertThat(drawn()).isEqualTo("x".repeat(8) + "…");
        columns = 1;
        status.draw("x");
        assertThat(drawn()).isEmpty();
    }

    @Test
    void characterPairsAreNotCutApart() {
        columns = 4;
        status.draw("\ud83d\ude00".repeat(9));
        assertThat(drawn()).isEqualTo("\ud83d\ude00".repeat(2) + "…");
    }

    /** The cursor waits before the line, so that clearing what is behind it clears what a narrower terminal has wrapped. */
    @Test
    void itIsDrawnInPlaceAndALineToStayComesAboveIt() {
        status.draw("train: 0 of 2 done");
        status.say("train: 1 of 2 done");
        status.draw("train: 1 of 2");
        assertThat(said.toString())
                .isEqualToNormalizingNewlines(
                        "\r\033[Jtrain: 0 of 2 done\r\r\033[Jtrain: 1 of 2 done\n\r\033[Jtrain: 1 of 2\r");
    }
}
