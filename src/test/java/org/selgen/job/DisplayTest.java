package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private final StringWriter said = new StringWriter();

    @Test
    void theLineNamesWhatRunsAndHowFarItIs() {
        try (Display display = new Display("train", 4, new PrintWriter(said))) {
            display.heard(new Progress("train", "mixed seed=0", 30, 60, 1.25, 900));
            assertThat(display.line())
                    .startsWith("train: 0 of 4 done; mixed seed=0 30/60 loss=1.250; ")
                    .endsWith(" left");
        }
    }

    @Test
    void aTaskThatIsKeptNoLongerRuns() {
        try (Display display = new Display("generate", 2, new PrintWriter(said))) {
            display.heard(new Progress("generate", "base", 10, 20, Double.NaN, 5));
            display.done("base");
            assertThat(display.line()).startsWith("generate: 1 of 2 done; ").doesNotContain("base", "loss");
        }
    }

    @Test
    void theLastLineSaysHowManyAreDone() {
        try (Display display = new Display("train", 2, new PrintWriter(said))) {
            display.done("a");
            display.done("b");
        }
        assertThat(said.toString()).startsWith("train: 2 of 2 done in ");
    }

    @Test
    void messagesReachTheDisplayOverThePluginsListener() throws Exception {
        try (Display display = new Display("train", 1, new PrintWriter(said))) {
            new ProgressPlugin().driverPlugin().receive(new Progress("train", "x", 1, 2, 0.5, 1));
            assertThat(display.line()).contains("x 1/2");
        }
    }
}
