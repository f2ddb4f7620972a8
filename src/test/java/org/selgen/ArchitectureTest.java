package org.selgen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.data.KebabCase;
import org.selgen.method.Method;
import org.selgen.method.Standard;

/** The drawing in CONTRIBUTING, held by the build. Plain tests: an ArchTest field would run none and stay green. */
class ArchitectureTest {
    private static final String US = "org.selgen.";
    private static final Path SOURCES = Path.of("src/main/java/org/selgen");
    private static final int MOST_FILES = 40;

    /** Every arrow of the drawing: a package, and all that it may know. */
    private static final Map<String, Set<String>> ARROWS = arrows();

    private static JavaClasses classes;

    private static Map<String, Set<String>> arrows() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        arrows.put("data", Set.of());
        arrows.put("file", Set.of("data"));
        arrows.put("http", Set.of("data"));
        arrows.put("tensor", Set.of("data", "file"));
        arrows.put("lm", Set.of("data", "file", "tensor"));
        arrows.put("method", Set.of("data", "tensor", "lm"));
        arrows.put("train", Set.of("data", "file", "tensor", "lm", "method"));
        arrows.put("hub", Set.of("data", "file", "http"));
        arrows.put("serve", Set.of("data", "file", "lm"));
        arrows.put("judge", Set.of("data", "file"));
        arrows.put("judge.endpoint", Set.of("data", "http", "judge"));
        arrows.put("score", Set.of("data"));
        arrows.put("report", Set.of("data", "score"));
        arrows.put("overlap", Set.of("data"));
        arrows.put("source.form", Set.of("data"));
        arrows.put("source.toy", Set.of("data", "source.form"));
        arrows.put("source", Set.of("data", "file", "source.form", "source.toy"));
        arrows.put("lake", Set.of("data", "file"));
        arrows.put("experiment.conf", Set.of("data"));
        arrows.put(
                "experiment",
                Set.of(
                        "data",
                        "file",
                        "experiment.conf",
                        "lake",
                        "hub",
                        "source",
                        "tensor",
                        "lm",
                        "method",
                        "train",
                        "judge",
                        "judge.endpoint",
                        "score",
                        "report"));
        arrows.put("spark", Set.of("data", "file", "lake", "tensor", "lm", "judge", "judge.endpoint"));
        arrows.put("cluster", Set.of("data", "lake", "tensor"));
        arrows.put(
                "plan",
                Set.of(
                        "data",
                        "file",
                        "experiment",
                        "lake",
                        "cluster",
                        "source",
                        "method",
                        "tensor",
                        "lm",
                        "train",
                        "judge",
                        "judge.endpoint",
                        "report"));
        arrows.put(
                "stage",
                Set.of(
                        "data",
                        "file",
                        "experiment",
                        "lake",
                        "plan",
                        "cluster",
                        "spark",
                        "overlap",
                        "hub",
                        "source",
                        "source.toy",
                        "tensor",
                        "lm",
                        "method",
                        "train",
                        "judge",
                        "judge.endpoint",
                        "score",
                        "report"));
        arrows.put(
                "job",
                Set.of(
                        "data",
                        "file",
                        "experiment",
                        "experiment.conf",
                        "stage",
                        "plan",
                        "cluster",
                        "lake",
                        "hub",
                        "serve",
                        "tensor",
                        "lm",
                        "method",
                        "train",
                        "report"));
        return arrows;
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

    /** A sealed type and what it permits count as one file. */
    @Test
    void filesFormNoCycle() {
        Map<String, Set<String>> knows = new TreeMap<>();
        Map<String, String> sealed = sealed();
        for (JavaClass each : classes) {
            String from = sealed.getOrDefault(file(each), file(each));
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                String to = sealed.getOrDefault(file(target), file(target));
                if (to.startsWith(US) && !to.equals(from)) {
                    knows.computeIfAbsent(from, name -> new TreeSet<>()).add(to);
                }
            }
        }
        assertThat(knows.keySet().stream().filter(file -> reached(knows, file).contains(file)))
                .as("files that know each other in a ring")
                .isEmpty();
    }

    /** What a file knows, through others too. */
    private static Set<String> reached(Map<String, Set<String>> knows, String from) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            knows.getOrDefault(open.remove(), Set.of()).stream()
                    .filter(reached::add)
                    .forEach(open::add);
        }
        return reached;
    }

    private static String file(JavaClass each) {
        return each.getName().replaceAll("\\$.*", "").replaceAll("^\\[+L|;$", "");
    }

    /** The sealed type by the name of each file it permits. */
    private static Map<String, String> sealed() {
        Map<String, String> sealed = new LinkedHashMap<>();
        for (JavaClass each : classes) {
            Class<?>[] permitted = each.reflect().getPermittedSubclasses();
            for (Class<?> one : permitted == null ? new Class<?>[0] : permitted) {
                sealed.put(one.getName().replaceAll("\\$.*", ""), file(each));
            }
        }
        return sealed;
    }

    @Test
    void noPackageHasMoreThanFortyFiles() throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(SOURCES)) {
            all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .forEach(file -> files.merge(file.getParent().toString(), 1, Integer::sum));
        }
        assertThat(files.values()).allMatch(number -> number <= MOST_FILES);
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
                List.of("lake", "spark", "cluster", "overlap", "experiment", "plan", "stage", "job"),
                "org.apache.spark..",
                "io.delta..");
    }

    @Test
    void httpStaysWithTheHubTheEndpointsAndTheServer() {
        onlyIn(List.of("hub", "http", "judge.endpoint", "serve"), "java.net.http..", "com.sun.net.httpserver..");
    }

    @Test
    void onlyTensorTouchesTheEngineAndOnlyTheTokenizerItsTokenizer() {
        onlyIn(List.of("tensor"), "ai.djl.ndarray..", "ai.djl.pytorch..", "ai.djl.engine..");
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(US + "lm.Tokenizer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.huggingface..")
                .check(classes);
    }

    /** Where tables, adapters and checkpoints lie in a lake is written in {@code lake} alone. */
    @Test
    void onlyTheLakeKnowsItsPaths() throws IOException {
        List<String> folders =
                List.of("\"adapters\"", "\"artefacts\"", "\"checkpoints\"", "\"delta/", "parquet/", "\"models\"");
        try (Stream<Path> all = Files.walk(SOURCES)) {
            for (Path file : all.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (!file.getParent().endsWith("lake")) {
                    assertThat(Files.readString(file)).as(file.toString()).doesNotContain(folders);
                }
            }
        }
    }

    /**
     * A method is one file and one word in {@code permits}: no other code names it. The standard method is what others are
     * compared with and artefacts are trained by.
     */
    @Test
    void nothingButItsFileAndThePermitsNamesAMethod() throws IOException {
        List<String> methods = Stream.of(Method.class.getPermittedSubclasses())
                .filter(method -> method != Standard.class)
                .flatMap(method -> Stream.of(method.getSimpleName(), KebabCase.of(method) + "\""))
                .toList();
        assertThat(methods).contains("SafeLora", "safe-lora\"");
        try (Stream<Path> all = Files.walk(SOURCES)) {
            for (Path file : all.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (!file.getParent().endsWith("method")) {
                    String code = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
                    assertThat(methods)
                            .as(file.toString())
                            .noneMatch(name -> code.matches("(?s).*\\b" + name + "(?!\\w).*"));
                }
            }
        }
    }
}
