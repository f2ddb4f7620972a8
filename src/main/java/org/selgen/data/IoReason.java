package org.selgen.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Why a file could not be read or written, in words for a message. Java says much of it by the name of the exception
 * alone: the text of {@link AccessDeniedException} is no more than the path.
 */
public final class IoReason {
    private IoReason() {}

    /** The reason, without a class's name; the path is named only where it may be another than the caller's. */
    public static String of(IOException e) {
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        if (e instanceof FileNotFoundException) { // its text holds path and reason
            return e.getMessage();
        }
        if (e instanceof FileSystemException failure && failure.getReason() == null) {
            return kind(failure) + ": " + failure.getFile();
        }
        return e.getMessage() == null || e.getMessage().isBlank() ? "the system gives no reason" : e.getMessage();
    }

    private static String kind(FileSystemException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        return e instanceof FileSystemLoopException ? "links lead in a circle" : "the file system refuses";
    }
}
