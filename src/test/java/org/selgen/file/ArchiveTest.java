package org.selgen.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    @TempDir
    Path folder;

    @Test
    void entriesAreReadBackAndTheirHashesAreTheirs() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "of a file");
        List<String> hashes = new ArrayList<>();
        Path zip = folder.resolve("a.zip");
        Archive.write(zip, archive -> {
            hashes.add(archive.put("b/é.txt", "a text"));
            hashes.add(archive.put("a", file));
        });
        assertThat(hashes).containsExactly(DigestUtils.sha256Hex("a text"), DigestUtils.sha256Hex("of a file"));
        try (ZipFile read = new ZipFile(zip.toFile())) {
            assertThat(new String(read.getInputStream(read.getEntry("a")).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("of a file");
            assertThat(read.getEntry("b/é.txt")).isNotNull();
        }
    }

    @Test
    void equalEntriesGiveEqualBytes() throws IOException {
        for (String name : List.of("a.zip", "b.zip")) {
            Archive.write(folder.resolve(name), archive -> archive.put("x", "y".repeat(100_000)));
        }
        assertThat(folder.resolve("a.zip")).hasSameBinaryContentAs(folder.resolve("b.zip"));
    }

    @Test
    void aFailureLeavesNoArchive() {
        Path zip = folder.resolve("a.zip");
        assertThatThrownBy(() -> Archive.write(zip, archive -> archive.put("x", folder.resolve("missing"))))
                .isInstanceOf(RuntimeException.class);
        assertThat(zip).doesNotExist();
    }
}
