package org.selgen.report;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A report of a made-up experiment. */
abstract class MadeReport {
    @TempDir
    Path folder;

    MadeUp made;

    @BeforeEach
    final void madeUp() {
        made = MadeUp.experiment();
    }

    final Path write(String name) {
        Report.write(folder.resolve(name), MadeUp.ABOUT, made.runs, made.scores);
        return folder.resolve(name);
    }
}
