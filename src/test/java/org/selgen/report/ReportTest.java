package org.selgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path folder;

    @Test
    void draw() {
        MadeUp made = MadeUp.experiment();
        Report.write(Path.of("/tmp/look"), MadeUp.ABOUT, made.runs, made.scores);
        System.err.println(Report.table(made.runs, made.scores));
        assertThat(folder).isEmptyDirectory();
    }
}
