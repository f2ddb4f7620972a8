package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.zeppelin.display.Input;
import org.apache.zeppelin.notebook.Note;
import org.apache.zeppelin.notebook.Paragraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Views;
import org.selgen.stage.Quickstart;
import org.selgen.stage.ToyEngine;
import scala.collection.immutable.List$;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;

/** The notes as Zeppelin reads them, every paragraph run on the lake of a small quickstart. */
@Tag("slow")
class NotebooksTest {
    private static final Path FOLDER = Path.of("notebooks");

    @TempDir
    static Path lake;

    private static SparkSession spark;
    private static IMain scala;
    private static final StringWriter SHOWN = new StringWriter();

    @BeforeAll
    static void fillTheLakeAndStartScala() throws IOException {
        TestExperiment.all(Quickstart.bench(lake, new ToyEngine(), SHOWN, "methods=[standard, mixed]"));
        spark = LocalSpark.session().newSession(); // whose settings and views are this test's own
        spark.conf().set(Views.SETTING, lake.toString());
        Settings settings = new Settings();
        settings.processArgumentString(
                "-classpath " + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        scala = new IMain(settings, new PrintWriter(SHOWN));
        scala.bind("spark", SparkSession.class.getName(), spark, List$.MODULE$.<String>empty());
    }

    @Test
    void theNotesAreTheFourThatPeopleAskFor() throws IOException {
        assertThat(notes())
                .extracting(note -> note.getName())
                .containsExactlyInAnyOrder(
                        "Results overview", "Pareto frontier", "Answers and judgements", "Run health");
    }

    @TestFactory
    Stream<DynamicTest> everyParagraphGivesRows() throws IOException {
        return notes().stream()
                .flatMap(note -> note.getParagraphs().stream()
                        .map(paragraph -> DynamicTest.dynamicTest(
                                note.getName() + ": " + paragraph.getTitle(), () -> run(paragraph))));
    }

    @Test
    void noNoteKeepsAnOutput() throws IOException {
        for (Note note : notes()) {
            assertThat(note.getParagraphs()).as(note.getName()).allSatisfy(paragraph -> {
                assertThat(paragraph.getReturn()).isNull();
                assertThat(paragraph.getId()).isNotEmpty();
            });
            assertThat(note.getParagraphs()).extracting(Paragraph::getId).doesNotHaveDuplicates();
        }
    }

    /** Zeppelin keeps a note's id in its file's name, {@code name_id.zpln}. */
    private static List<Note> notes() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".zpln"))
                    .sorted()
                    .map(NotebooksTest::note)
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

    private static void run(Paragraph paragraph) {
        paragraph.parseText();
        String text = paragraph.getScriptText();
        switch (paragraph.getIntpText()) {
            case "md" -> assertThat(text).isNotBlank();
            case "spark.sql" ->
                assertThat(spark.sql(filled(text)).collectAsList())
                        .as(filled(text))
                        .isNotEmpty();
            case "spark" ->
                assertThat(scala.interpret(text).toString())
                        .as(SHOWN.toString())
                        .isEqualTo("Success");
            default -> throw new AssertionError("no harness for %" + paragraph.getIntpText());
        }
    }

    /** The text with each form at its default, as Zeppelin fills it when a note is first run. */
    private static String filled(String text) {
        Map<String, Object> values = new HashMap<>();
        Input.extractSimpleQueryForm(text, false).forEach((name, input) -> values.put(name, input.getDefaultValue()));
        return Input.getSimpleQuery(values, text, false);
    }
}
