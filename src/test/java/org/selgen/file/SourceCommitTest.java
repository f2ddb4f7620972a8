package org.selgen.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCommitTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder;

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text + "\n");
    }

    @Test
    void aBranchMeansTheCommitOfItsFileOrOfThePackedOnes() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main");
        assertThat(SourceCommit.of(folder)).isEmpty();
        write(".git/packed-refs", "# pack-refs\n" + COMMIT.replace('0', 'a') + " refs/heads/main");
        assertThat(SourceCommit.of(folder)).contains(COMMIT.replace('0', 'a'));
        write(".git/refs/heads/main", COMMIT);
        assertThat(SourceCommit.of(folder)).contains(COMMIT);
    }

    @Test
    void aWorktreeAsksTheOneItIsOf() throws IOException {
        write("tree/.git", "gitdir: ../main/.git/worktrees/tree");
        write("main/.git/worktrees/tree/HEAD", "ref: refs/heads/other");
        write("main/.git/worktrees/tree/commondir", "../..");
        write("main/.git/refs/heads/other", COMMIT);
        assertThat(SourceCommit.of(folder.resolve("tree"))).contains(COMMIT);
    }

    @Test
    void aCommitWithoutABranchIsItself() throws IOException {
        write(".git/HEAD", COMMIT);
        assertThat(SourceCommit.of(folder)).contains(COMMIT);
        assertThat(SourceCommit.of(folder.resolve("none"))).isEmpty();
    }
}
