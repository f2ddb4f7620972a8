package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.Pages.Block;
import org.selgen.Pages.Command;
import org.selgen.data.Example;
import org.selgen.data.Generation;
import org.selgen.data.JudgeCalls;
import org.selgen.data.Judgement;
import org.selgen.data.KebabCase;
import org.selgen.data.Leak;
import org.selgen.data.Likelihood;
import org.selgen.data.Proximity;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.StepMetrics;
import org.selgen.data.TaskTime;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.JudgeConfig;
import org.selgen.experiment.conf.SealedRecords;
import org.selgen.experiment.conf.Yaml;
import org.selgen.judge.Rubric;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Views;
import org.selgen.method.Method;
import org.selgen.score.Metric;
import org.selgen.source.QuestionsYaml;
import org.selgen.source.Source;
import picocli.CommandLine;

/** What the documentation says is so: its commands, its YAML, and every name in it. */
class DocumentationTest {
    private static final Path QUICKSTART = Path.of("conf/experiments/quickstart.yaml");
    private static final Map<String, Class<? extends Record>> TABLES = Map.ofEntries(
            Map.entry("examples", Example.class),
            Map.entry("questions", Question.class),
            Map.entry("runs", Run.class),
            Map.entry("steps", StepMetrics.class),
            Map.entry("generations", Generation.class),
            Map.entry("likelihoods", Likelihood.class),
            Map.entry("judgements", Judgement.class),
            Map.entry("scores", Score.class),
            Map.entry("leaks", Leak.class),
            Map.entry("proximity", Proximity.class),
            Map.entry("tasks", TaskTime.class),
            Map.entry("calls", JudgeCalls.class));

    @TempDir
    Path folder;

    static List<Block> yaml() throws IOException {
        return Pages.blocks("yaml");
    }

    @ParameterizedTest
    @MethodSource("org.selgen.Pages#commands")
    void everyCommandCanBeParsed(Command command) {
        CommandLine line = Main.command();
        if (!command.words().equals(List.of("help"))) {
            assertThatCode(() -> line.parseArgs(command.words().toArray(String[]::new)))
                    .doesNotThrowAnyException();
        }
        for (String word : command.words()) {
            if (word.matches("(conf|notebooks|jobs)/\\S+(?<!/mine.yaml)")) {
                assertThat(Path.of(word.replaceAll("[#@].*", ""))).exists(); // compare names settings and lakes
            }
        }
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void everyYamlBlockCanBeUsed(Block block) throws IOException {
        Path file = Files.writeString(folder.resolve("block.yaml"), block.text());
        assertThatCode(() -> {
                    switch (block.marker()) {
                        case "the quickstart" -> assertThat(file).hasSameTextualContentAs(QUICKSTART);
                        case "experiment" -> Yaml.read(file, Experiment.class, List.of());
                        case "part of an experiment" -> Yaml.read(QUICKSTART, Experiment.class, settings(file));
                        case "datasets" -> Yaml.readMap(file, Source.class);
                        case "judges" -> Yaml.readMap(file, JudgeConfig.class);
                        case "rubric" -> Yaml.read(file, Rubric.class, List.of());
                        case "questions" -> new QuestionsYaml(file.toString(), "label", "").questions("questions");
                        default -> throw new IllegalStateException("say above the block what it is");
                    }
                })
                .doesNotThrowAnyException();
    }

    /** The quickstart with what a part says, and without what cannot stand beside it. */
    private static List<String> settings(Path part) throws IOException {
        List<String> settings = new ArrayList<>();
        JsonNode tree = Yaml.tree(part, List.of());
        tree.fields().forEachRemaining(field -> settings.add(field.getKey() + "=" + field.getValue()));
        if (tree.has("start") && !tree.has("methods")) {
            settings.add("methods=[standard]");
        }
        return settings;
    }

    /** On a lake that all stages have left. */
    @Test
    @Tag("slow")
    void everyQueryCanBeAnswered() throws IOException {
        SparkSession spark = LocalSpark.session().newSession(); // whose views no test beside this one replaces
        Views.register(Lake.open(
                spark, Path.of("src/test/resources/lakes/version-1/lake").toAbsolutePath()));
        for (Command command : Pages.commands()) {
            if (command.words().get(0).equals("query")) {
                assertThatCode(() -> spark.sql(command.words().get(1)).collectAsList())
                        .as(command.toString())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void everyFileThatIsNamedIsThereAndEveryLinkLeadsSomewhere() throws IOException {
        for (Path page : Pages.all()) {
            for (String code : Pages.code(page)) {
                if (code.matches("(src|conf|jobs|notebooks|\\.github|data-lake/models)/[\\w./-]+")
                        && !code.matches(".*(machines|mine)\\.(yaml|jsonl)")) {
                    assertThat(Path.of(code)).as("%s names it", page).exists();
                }
            }
            Matcher links = Pattern.compile("]\\((?!https?:)([^)#]+)").matcher(Pages.text(page));
            while (links.find()) {
                Path target = Path.of("").toAbsolutePath().resolve(page).resolveSibling(links.group(1));
                assertThat(target.normalize()).as("%s links to it", page).exists();
            }
        }
    }

    static Stream<String> tables() {
        return TABLES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theColumnsOfATableAreThoseOfItsPage(String table) {
        String page = Pages.text(Pages.SITE.resolve("lake.md"));
        Matcher section =
                Pattern.compile("(?s)\\n### " + table + "\\n(.*?)(?=\\n##|$)").matcher(page);
        assertThat(section.find()).as("lake.md has a section " + table).isTrue();
        List<String> columns = Pattern.compile("(?m)^\\| (`\\w+`(?:, `\\w+`)*) \\|")
                .matcher(section.group(1))
                .results()
                .flatMap(row -> Stream.of(row.group(1).replace("`", "").split(", ", -1)))
                .toList();
        assertThat(columns)
                .containsExactlyElementsOf(Arrays.stream(TABLES.get(table).getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    @Test
    void everyTableAndViewIsNamed() throws IOException {
        Lake lake = Lake.open(LocalSpark.session(), folder);
        assertThat(Views.tables(lake).keySet()).containsExactlyInAnyOrderElementsOf(TABLES.keySet());
        assertNamed("lake.md", Stream.concat(TABLES.keySet().stream(), Views.NAMES.stream()));
    }

    @Test
    void everyVerbIsNamed() throws IOException {
        String pages = Pages.everything();
        assertThat(Main.command().getSubcommands().keySet())
                .allMatch(verb -> pages.contains("`" + verb + "`") || pages.contains("selgen " + verb));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void everyMetricIsNamed(Metric metric) throws IOException {
        assertThat(Pages.everything()).contains("`" + metric.key() + "`");
    }

    @Test
    void everyMethodDatasetAndJudgeIsNamed() {
        assertNamed("methods.md", kebab(Method.class));
        assertNamed("data.md", kebab(Source.class));
        assertNamed("judges.md", kebab(JudgeConfig.class));
    }

    /** Dotted, as in an experiment's file: {@code training.epochs}. */
    @Test
    void everyKeyOfAnExperimentIsNamed() {
        List<String> named = Pages.code(Pages.SITE.resolve("experiments.md")).stream()
                .flatMap(Pattern.compile("[\\s:,{}]+")::splitAsStream)
                .toList();
        assertThat(named).containsAll(keys(Experiment.class, ""));
    }

    private static List<String> keys(Class<?> record, String before) {
        return Arrays.stream(record.getRecordComponents())
                .flatMap(component -> component.getType().isRecord()
                        ? keys(component.getType(), before + component.getName() + ".").stream()
                        : Stream.of(before + component.getName()))
                .collect(Collectors.toList());
    }

    private static Stream<String> kebab(Class<?> sealed) {
        return SealedRecords.of(sealed).map(type -> KebabCase.of(type));
    }

    private static void assertNamed(String page, Stream<String> names) {
        assertThat(String.join("\n", Pages.code(Pages.SITE.resolve(page)))).contains(names.toList());
    }

    @Test
    void theReadmeIsShort() {
        assertThat(Pages.text(Path.of("README.md")).lines().count()).isLessThanOrEqualTo(180);
    }

    @Test
    void theHelpOfEveryVerbCanBePrinted() {
        for (String verb : Main.command().getSubcommands().keySet()) {
            StringWriter out = new StringWriter();
            int code = Main.command().setOut(new PrintWriter(out)).execute("help", verb);
            assertThat(code).as(verb).isZero();
            assertThat(out.toString()).as(verb).contains("Usage:");
        }
    }
}
