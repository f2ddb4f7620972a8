package org.selgen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoReasonTest {
    @TempDir
    Path folder;

    private static String reason(ThrowingCallable work) {
        return IoReason.of(catchThrowableOfType(IOException.class, work));
    }

    @Test
    void theSystemsFailuresAreSaidInWords() throws IOException {
        Path file = Files.write(folder.resolve("a"), new byte[] {(byte) 0xff});
        Path missing = folder.resolve("b");
        assertThat(reason(() -> Files.readString(missing))).isEqualTo("there is no such file: " + missing);
        assertThat(reason(() -> Files.readString(file))).isEqualTo("it is not UTF-8 text");
        assertThat(reason(() -> Files.createFile(file))).isEqualTo("it exists already: " + file);
        assertThat(reason(() -> Files.delete(folder))).isEqualTo("the folder is not empty: " + folder);
        assertThat(reason(() -> Files.readString(folder))).isEqualTo("Is a directory");
        assertThat(reason(() -> new FileInputStream(missing.toFile()).close())).contains(missing.toString());
    }

    @Test
    void aNameAloneIsNeverTheReason() {
        assertThat(IoReason.of(new AccessDeniedException("/a/b"))).isEqualTo("permission denied: /a/b");
        assertThat(IoReason.of(new NotDirectoryException("/a"))).isEqualTo("it is no folder: /a");
        assertThat(IoReason.of(new IOException())).isEqualTo("the system gives no reason");
        assertThat(IoReason.of(new IOException("disk quota exceeded"))).isEqualTo("disk quota exceeded");
    }

    @Test
    void aFailureSaysWhatCouldNotBeDoneAndWhy() {
        IOException denied = new AccessDeniedException("/a/b");
        assertThat(Failure.reason(new UncheckedIOException("a checkpoint cannot be kept in /a", denied)))
                .isEqualTo("a checkpoint cannot be kept in /a: permission denied: /a/b");
        assertThat(Failure.reason(new IllegalStateException(new UncheckedIOException(denied))))
                .isEqualTo("permission denied: /a/b");
    }
}
