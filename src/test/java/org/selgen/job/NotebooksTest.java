package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.zeppelin.notebook.Note;
import org.apache.zeppelin.notebook.Paragraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.selgen.lake.Lake;
import org.selgen.lake.LargeLake;
import org.selgen.lake.LocalSpark;

/** The notes as Zeppelin reads them: every paragraph run on the lake of a small experiment, and on a large one. */
@Tag("slow")
class NotebooksTest {
    private static final int MOST_ROWS = 1000; // zeppelin.spark.maxResult
    private static final int MOST_BYTES = 102_400; // zeppelin.interpreter.output.limit

    /** What all stages have left of a small experiment. */
    private static final Path LAKE =
            Path.of("src/test/resources/lakes/version-1/lake").toAbsolutePath();

    /** Settings with which Spark reads tiny tables quickly. */
    private static final List<String> FAST = List.of(
            "spark.sql.shuffle.partitions 1",
            "spark.databricks.delta.snapshotPartitions 1",
            "spark.sql.adaptive.enabled false",
            "spark.sql.codegen.wholeStage false",
            "spark.sql.codegen.factoryMode NO_CODEGEN");

    private static SparkSession spark;

    @BeforeAll
    static void readTheLake() throws IOException {
        spark = LocalSpark.session().newSession(); // whose settings and views are this test's own
        LargeLake.register(spark, Lake.open(LocalSpark.session(), LAKE));
    }

    @Test
    void theNotesAreTheSixThatPeopleAskFor() throws IOException {
        assertThat(Notes.all())
                .extracting(note -> note.getName())
                .containsExactlyInAnyOrder(
                        "Results overview",
                        "Pareto frontier",
                        "Answers and judgements",
                        "Run health",
                        "Discernment",
                        "Axes");
    }

    @Test
    void noNoteKeepsAnOutput() throws IOException {
        for (Note note : Notes.all()) {
            assertThat(note.getParagraphs()).as(note.getName()).allSatisfy(paragraph -> {
                assertThat(paragraph.getReturn()).isNull();
                assertThat(paragraph.getId()).isNotEmpty();
            });
            assertThat(note.getParagraphs()).extracting(Paragraph::getId).doesNotHaveDuplicates();
        }
    }

    @Test
    void everyParagraphHasAnInterpreterThatIsTestedHere() throws IOException {
        int tested = 0;
        for (String interpreter : List.of("md", "spark", "spark.sql")) {
            tested += Notes.of(interpreter).size();
        }
        assertThat(Notes.all().stream()
                        .mapToInt(note -> note.getParagraphCount())
                        .sum())
                .isEqualTo(tested);
        assertThat(Notes.of("md").values())
                .allMatch(words -> !words.getScriptText().isBlank());
    }

    private static Stream<DynamicTest> each(Law law) throws IOException {
        return Notes.of("spark.sql").entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> law.hold(each.getValue())));
    }

    private interface Law {
        void hold(Paragraph paragraph) throws IOException;
    }

    @TestFactory
    Stream<DynamicTest> everyQueryGivesRows() throws IOException {
        return each(paragraph -> {
            String query = Notes.filled(paragraph).replace("'quickstart'", "'small'");
            assertThat(spark.sql(query).collectAsList()).as(query).isNotEmpty();
        });
    }

    /** Zeppelin's classic interface finds a column by its place, and shows no data without. */
    @TestFactory
    Stream<DynamicTest> everyColumnOfAChartIsNamedWithItsPlace() throws IOException {
        return each(paragraph -> {
            JsonNode graph =
                    new ObjectMapper().valueToTree(paragraph.getConfig()).at("/results/0/graph");
            Map<String, Integer> placed = new TreeMap<>();
            for (String part : List.of("keys", "groups", "values")) {
                graph.path(part)
                        .forEach(column -> placed.put(
                                column.path("name").asText(),
                                column.path("index").asInt(-1)));
            }
            List<String> columns = List.of(spark.sql(Notes.filled(paragraph)).columns());
            assertThat(placed).allSatisfy((name, place) -> assertThat(place).isEqualTo(columns.indexOf(name)));
            assertThat(placed.isEmpty()).isEqualTo(graph.path("mode").asText().equals("table"));
        });
    }

    /** What is longer, Zeppelin cuts without a word. */
    @TestFactory
    Stream<DynamicTest> noResultOfALargeLakeIsCut() throws IOException {
        SparkSession large = LocalSpark.session().newSession();
        LargeLake.register(large);
        return each(paragraph -> {
            List<Row> rows = large.sql(Notes.filled(paragraph)).collectAsList();
            int bytes = rows.stream()
                    .mapToInt(row -> row.mkString("\t").getBytes(StandardCharsets.UTF_8).length + 1)
                    .sum();
            assertThat(rows).hasSizeBetween(1, MOST_ROWS);
            assertThat(bytes).isLessThan(MOST_BYTES - 1000); // the heads of the columns
            assertThat(rows)
                    .noneMatch(row -> Stream.of(row.schema().fieldNames())
                            .anyMatch(name -> name.equals("setting")
                                    && row.<String>getAs(name).endsWith(" ")));
        });
    }

    /** All Scala of the notes in a JVM of its own, as Zeppelin's: with Spark and what the page names, and nothing else of ours. */
    @Test
    void theScalaRunsWithTheClassPathOfThePage() throws IOException, InterruptedException {
        Map<String, String> properties = properties();
        List<String> classPath = new ArrayList<>(spark());
        for (String jar : properties.get("spark.jars").split(",", -1)) {
            classPath.add(ours(jar.replaceAll(".*/", "")));
        }
        StringBuilder script =
                new StringBuilder("val spark = org.apache.spark.sql.SparkSession.builder.master(\"local[1]\")"
                        + ".config(\"spark.ui.enabled\", \"false\").config(\"spark.driver.host\", \"127.0.0.1\")");
        FAST.forEach(name ->
                script.append(".config(\"%s\", \"%s\")".formatted(name.split(" ", 2)[0], name.split(" ", 2)[1])));
        properties.forEach((name, value) -> {
            if (!name.equals("spark.jars")) {
                script.append(".config(\"%s\", \"%s\")".formatted(name, value.contains("data-lake") ? LAKE : value));
            }
        });
        script.append(".getOrCreate()\n");
        new LinkedHashSet<>(Notes.of("spark").values().stream()
                        .map(Paragraph::getScriptText)
                        .toList())
                .forEach(text ->
                        script.append(text.replace("quickstart", "small")).append('\n'));
        script.append("println(\"settings: \" + spark.table(\"standings\").count)\nSystem.exit(0)");
        String said = scala(classPath, script.toString());
        assertThat(said).contains("%html <svg", "settings: 4");
        assertThat(said.substring(said.indexOf("%html"), said.indexOf("</svg>")).length())
                .isLessThan(MOST_BYTES);
    }

    @Test
    void withoutTheJarsANoteSaysSoInOneLine() throws IOException, InterruptedException {
        String first = Notes.of("spark").values().iterator().next().getScriptText();
        assertThat(scala(spark(), "val spark = \"a session\"\n" + first + "\nSystem.exit(0)"))
                .matches("selgen's jars are missing: correct spark.jars.*\n");
    }

    private static String scala(List<String> classPath, String script) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:TieredStopAtLevel=1", "-Xmx1g"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(word -> word.startsWith("--add"))
                .forEach(words::add);
        words.addAll(List.of(
                "-cp",
                String.join(File.pathSeparator, classPath),
                "scala.tools.nsc.MainGenericRunner",
                "-usejavacp",
                "-nc",
                "-e"));
        words.add(script);
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** The interpreter's properties as the page gives them. */
    private static Map<String, String> properties() throws IOException {
        Matcher rows = Pattern.compile("\\| `(spark\\.[\\w.]+)` \\| .*?`([^`]+)`")
                .matcher(Files.readString(Path.of("notebooks/README.md")));
        Map<String, String> properties = new TreeMap<>();
        while (rows.find()) {
            properties.put(rows.group(1), rows.group(2));
        }
        assertThat(properties).containsKeys("spark.jars", "spark.sql.extensions", "spark.selgen.lake");
        return properties;
    }

    /** What there is without us: the pom names what is ours and not Spark's. */
    private static List<String> spark() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        Matcher groups = Pattern.compile("<exclude(Group|Artifact)Ids>(.*?)</").matcher(pom);
        List<String> ours = new ArrayList<>();
        while (groups.find()) {
            if (pom.substring(Math.max(0, groups.start() - 300), groups.end()).contains("org.jspecify")) {
                Stream.of(groups.group(2).split(",", -1))
                        .map(name -> "/" + (groups.group(1).equals("Group") ? name.replace('.', '/') : name) + "/")
                        .forEach(ours::add);
            }
        }
        assertThat(ours).contains("/org/jspecify/", "/org/jfree/");
        return Notes.classPath().stream()
                .filter(entry -> entry.endsWith(".jar") && ours.stream().noneMatch(entry::contains))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Where a jar of ours is in this JVM; our own are classes while they are tested. */
    private static String ours(String jar) {
        String end = jar.equals("selgen.jar") ? File.separator + "classes" : File.separator + jar;
        return Notes.classPath().stream()
                .filter(entry -> entry.endsWith(end))
                .findFirst()
                .orElseThrow(() -> new AssertionError(jar + " is not there"));
    }
}
