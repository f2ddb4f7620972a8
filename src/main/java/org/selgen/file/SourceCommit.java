package org.selgen.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The commit that a git checkout is at, read from its files: no git is asked. */
public final class SourceCommit {
    private static final String REF = "ref: ";
    private static final String COMMIT = "[0-9a-f]{40}([0-9a-f]{24})?";

    private SourceCommit() {}

    /**
     * Of a checkout.
     *
     * @param folder with {@code .git}
     * @return nothing where that is no checkout, or it has no commit yet
     */
    public static Optional<String> of(Path folder) throws IOException {
        Path git = folder.resolve(".git");
        if (Files.isRegularFile(git)) { // of a second worktree
            git = folder.resolve(Files.readString(git).strip().replaceFirst("^gitdir: ", ""));
        }
        Path head = git.resolve("HEAD");
        if (!Files.isRegularFile(head)) {
            return Optional.empty();
        }
        String at = Files.readString(head).strip();
        Optional<String> commit = at.startsWith(REF) ? named(git, at.substring(REF.length())) : Optional.of(at);
        return commit.filter(text -> text.matches(COMMIT));
    }

    /** What a name of the checkout, or of the one that it is a worktree of, stands for. */
    private static Optional<String> named(Path git, String ref) throws IOException {
        Path common = git.resolve("commondir");
        Path all = Files.isRegularFile(common)
                ? git.resolve(Files.readString(common).strip())
                : git;
        if (Files.isRegularFile(all.resolve(ref))) {
            return Optional.of(Files.readString(all.resolve(ref)).strip());
        }
        Path packed = all.resolve("packed-refs");
        if (!Files.isRegularFile(packed)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(packed)) {
            return lines.filter(line -> line.endsWith(" " + ref))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst();
        }
    }
}
