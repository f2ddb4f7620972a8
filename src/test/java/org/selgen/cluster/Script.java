package org.selgen.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A command of a test's own, in the place of one that the machine lacks. */
public final class Script {
    private Script() {}

    /**
     * An executable shell script.
     *
     * @param does lines for the shell
     */
    public static Path of(Path file, String does) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + does + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
