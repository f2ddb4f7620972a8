package org.selgen.file;

import java.nio.file.Path;

/**
 * The folder of this project, with {@code conf} and the models that ship: {@code SELGEN_HOME}, which the script {@code
 * jobs/selgen} sets, or the working directory.
 */
public final class ProjectFolder {
    private ProjectFolder() {}

    /** A place in it. */
    public static Path of(String relative) {
        return Path.of(System.getenv().getOrDefault("SELGEN_HOME", "")).resolve(relative);
    }
}
