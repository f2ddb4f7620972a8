package org.selgen.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private final StringWriter said = new StringWriter();

    private static void hear(Progress message) throws Exception {
        new ProgressPlugin().driverPlugin().receive(message);
    }

    @Test
    void theLineNamesWhatRunsAndHowFarItIs() throws Exception {
        AtomicLong nanos = new AtomicLong();
        try (ProgressDisplay display = new ProgressDisplay(new PrintWriter(said), null, nanos::get)) {
            ProgressDisplay.StageProgress train = display.stage("train", 4);
            train.begin();
            train.expect("mixed seed=0", 60);
            train.starts("mixed seed=0");
            nanos.set(30_000_000_000L);
            hear(new Progress("train", "mixed seed=0", 0, 30, 60, 1.25, 900));
            assertThat(display.parts())
                    .containsExactly("30 s left", "train: 0 of 4 done, 30 tokens/s", "mixed seed=0 30/60 loss=1.250");
        }
    }

    @Test
    void aTaskThatIsKeptNoLongerRuns() throws Exception {
        try (ProgressDisplay display = new ProgressDisplay(new PrintWriter(said))) {
            ProgressDisplay.StageProgress stage = display.stage("generate", 2);
            hear(new Progress("generate", "base", 0, 10, 20, Double.NaN, 5));
            stage.done("base");
            assertThat(display.parts())
                    .last()
                    .asString()
                    .startsWith("generate: 1 of 2 done")
                    .doesNotContain("base", "loss");
        }
    }

    @Test
    void aStageSaysItsLastLineWhenAllIsDoneWhateverTheOthersDo() {
        try (ProgressDisplay display = new ProgressDisplay(new PrintWriter(said))) {
            ProgressDisplay.StageProgress train = display.stage("train", 2);
            ProgressDisplay.StageProgress generate = display.stage("generate", 2);
            train.done("a");
            generate.done("a");
            train.done("b");
            assertThat(said.toString()).startsWith("train: 2 of 2 done in ").doesNotContain("generate");
            assertThat(display.parts()).last().asString().startsWith("generate: 1 of 2 done");
            generate.without("b");
        }
        assertThat(said.toString().lines()).hasSize(2).last().asString().startsWith("generate: 1 of 1 done in ");
    }

    @Test
    void aStageThatIsCutOffSaysHowFarItCame() {
        try (ProgressDisplay display = new ProgressDisplay(new PrintWriter(said))) {
            display.stage("train", 3).done("a");
        }
        assertThat(said.toString()).startsWith("train: 1 of 3 done in ");
    }

    @Test
    void aStageWithoutTasksSaysSo() {
        try (ProgressDisplay display = new ProgressDisplay(new PrintWriter(said))) {
            display.stage("generate", 1).without("a");
        }
        assertThat(said.toString().strip()).isEqualTo("generate: nothing is missing");
    }
}
