package org.selgen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The drawing in CONTRIBUTING, held by the build. Plain tests: an ArchTest field would run none and stay green. */
class ArchitectureTest {
    private static final String US = "org.selgen.";
    private static final Path SOURCES = Path.of("src/main/java/org/selgen");

    /** Every arrow of the drawing: a package, and all that it may know. */
    private static final String DRAWING = """
            data:
            file: data
            http: data
            template.python:
            template: data template.python
            tensor: data file
            tokenizer: data file
            lm.config: data file
            chat: data file template
            lm: data file tensor tokenizer chat template lm.config
            method: data tensor lm lm.config
            train.optimizer: data tensor
            train: data file tensor lm lm.config method train.optimizer
            bench: data tensor lm lm.config method train
            hub: data file http
            serve: data file http lm
            judge.text: data
            judge.rule: data judge.text
            judge: data file judge.text judge.rule
            judge.endpoint: data http judge
            score: data
            judge.calibration: data file judge score
            report.style: data
            report.chart: data report.style
            report.table:
            report.share: data file
            report: data score report.style report.chart report.table
            report.page: data file score report report.style
            track: data file http
            overlap: data lake
            source.form: data
            source.toy: data source.form
            source.family: data
            source.row: data file
            source.published: data source.row
            source: data file source.form source.toy source.row source.published
            lake: data file
            experiment.conf: data
            experiment: data file chat experiment.conf lake hub source source.family source.row tensor lm method train judge judge.endpoint judge.rule score report
            spark: data file chat lake tensor tokenizer lm lm.config judge judge.endpoint
            cluster: data lake tensor
            plan: data file chat experiment lake cluster source method tensor lm lm.config train train.optimizer judge judge.endpoint score report
            stage.toy: data chat experiment source source.toy tensor tokenizer lm lm.config judge train
            stage.judging: data file chat experiment lake cluster spark tensor hub score judge judge.endpoint judge.calibration
            stage.results: data file experiment lake cluster overlap source tensor lm train train.optimizer judge judge.calibration score report report.page report.table
            stage.share: data file experiment lake score report.share track
            stage: data file chat experiment lake plan cluster spark overlap hub source tensor lm method train judge judge.endpoint score report report.table stage.judging stage.results stage.share
            job: data file chat http experiment experiment.conf stage stage.toy stage.results stage.share plan cluster lake hub serve tensor lm method train bench report report.table
            job.lake: data file experiment job lake lm report
            job.judging: data job stage stage.judging
            """;

    private static final Map<String, Set<String>> ARROWS = arrows();

    private static JavaClasses classes;

    private static Map<String, Set<String>> arrows() {
        return DRAWING.lines()
                .map(line -> line.split(":", -1))
                .collect(Collectors.toMap(
                        line -> line[0],
                        line -> Pattern.compile(" ")
                                .splitAsStream(line[1].strip())
                                .filter(name -> !name.isEmpty())
                                .collect(Collectors.toSet())));
    }

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.selgen");
    }

    private static Stream<String> packages() {
        return ARROWS.keySet().stream();
    }

    @Test
    void everyPackageIsDrawn() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            assertThat(all.filter(file -> file.endsWith("package-info.java"))
                            .map(file -> SOURCES.relativize(file.getParent())
                                    .toString()
                                    .replace('/', '.')))
                    .filteredOn(name -> !name.isEmpty())
                    .containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageKnowsOnlyWhatItsArrowsLeadTo(String from) {
        String[] others = packages()
                .filter(to -> !to.equals(from) && !ARROWS.get(from).contains(to))
                .map(to -> US + to)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(US + from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(classes);
    }

    @Test
    void arrowsLeadDownOnly() {
        Set<String> placed = new TreeSet<>();
        while (placed.size() < ARROWS.size()) {
            Set<String> next = packages()
                    .filter(name -> !placed.contains(name) && placed.containsAll(ARROWS.get(name)))
                    .collect(Collectors.toSet());
            assertThat(next).as("packages that stand on %s", placed).isNotEmpty();
            placed.addAll(next);
        }
    }

    @Test
    void packagesFormNoCycle() {
        SlicesRuleDefinition.slices()
                .matching("org.selgen.(**)")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void dataKnowsOnlyTheJdk() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(US + "data..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", US + "data..")
                .check(classes);
    }

    private static void onlyIn(List<String> ours, String... theirs) {
        noClasses()
                .that()
                .resideOutsideOfPackages(ours.stream().map(name -> US + name).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(theirs)
                .check(classes);
    }

    @Test
    void onlyVerbsKnowPicocli() {
        noClasses()
                .that()
                .resideOutsideOfPackage(US + "job..")
                .and()
                .haveNameNotMatching("org\\.selgen\\.Main(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(classes);
    }

    @Test
    void sparkStaysInThePackagesThatSayIt() {
        onlyIn(
                List.of(
                        "lake",
                        "spark",
                        "cluster",
                        "overlap",
                        "experiment",
                        "plan",
                        "stage",
                        "stage.judging",
                        "stage.results",
                        "stage.share",
                        "job"),
                "org.apache.spark..",
                "io.delta..");
    }

    @Test
    void httpStaysWithTheHubTheEndpointsAndTheServer() {
        onlyIn(
                List.of("hub", "http", "judge.endpoint", "serve", "track"),
                "java.net.http..",
                "com.sun.net.httpserver..");
    }

    @Test
    void onlyTensorTouchesTheEngineAndOnlyTheTokenizerItsTokenizer() {
        onlyIn(List.of("tensor"), "ai.djl.ndarray..", "ai.djl.pytorch..", "ai.djl.engine..");
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(US + "tokenizer.Tokenizer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.huggingface..")
                .check(classes);
    }
}
