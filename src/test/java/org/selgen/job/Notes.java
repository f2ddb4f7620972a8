package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.zeppelin.display.Input;
import org.apache.zeppelin.notebook.Note;
import org.apache.zeppelin.notebook.Paragraph;

/** The notes as Zeppelin reads them. */
final class Notes {
    private static final Path FOLDER = Path.of("notebooks");

    private Notes() {}

    /** Zeppelin keeps a note's id in its file's name, {@code name_id.zpln}. */
    static List<Note> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".zpln"))
                    .sorted()
                    .map(Notes::note)
                    .toList();
        }
    }

    private static Note note(Path file) {
        String name = file.getFileName().toString();
        try {
            String id = name.substring(name.lastIndexOf('_') + 1, name.lastIndexOf('.'));
            Note note = Note.fromJson(id, Files.readString(file));
            assertThat(note.getId()).isEqualTo(id);
            return note;
        } catch (IOException e) {
            throw new AssertionError(name + " is no note", e);
        }
    }

    /** The paragraphs of an interpreter, as {@code spark.sql}, of all notes, by note and title. */
    static Map<String, Paragraph> of(String interpreter) throws IOException {
        Map<String, Paragraph> found = new java.util.LinkedHashMap<>();
        for (Note note : all()) {
            for (Paragraph paragraph : note.getParagraphs()) {
                paragraph.parseText();
                if (paragraph.getIntpText().equals(interpreter)) {
                    found.put(note.getName() + ": " + paragraph.getTitle(), paragraph);
                }
            }
        }
        return found;
    }

    /** The text with each form at its default, as Zeppelin fills it when a note is first run. */
    static String filled(Paragraph paragraph) {
        String text = paragraph.getScriptText();
        Map<String, Object> values = new HashMap<>();
        Input.extractSimpleQueryForm(text, false).forEach((name, input) -> values.put(name, input.getDefaultValue()));
        return Input.getSimpleQuery(values, text, false);
    }

    /** What is on the class path of this JVM. */
    static List<String> classPath() {
        return List.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator, -1));
    }
}
