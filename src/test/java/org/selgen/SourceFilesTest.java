package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selgen.data.KebabCase;
import org.selgen.method.Method;
import org.selgen.method.Standard;

/** Rules for the files of the source: rings, sizes, and what they may say. */
class SourceFilesTest {
    private static final String US = "org.selgen.";
    private static final Path SOURCES = Path.of("src/main/java/org/selgen");
    private static final int MOST_FILES = 40;
    private static final int MOST_LINES_OF_A_VERB = 60;

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.selgen");
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
    void noTwoFilesHaveOneName() throws IOException {
        Map<String, Integer> names = new TreeMap<>();
        try (Stream<Path> all = Files.walk(SOURCES)) {
            all.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .forEach(file -> names.merge(String.valueOf(file.getFileName()), 1, Integer::sum));
        }
        assertThat(names.entrySet())
                .hasSizeGreaterThan(300)
                .allSatisfy(
                        file -> assertThat(file.getValue()).as(file.getKey()).isOne());
    }

    /** A verb parses, calls one stage or service, and gives an exit code. */
    @Test
    void verbsAreShort() throws IOException {
        try (Stream<Path> all = Files.list(SOURCES.resolve("job"))) {
            assertThat(all.filter(file -> file.toString().endsWith("Job.java")))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(file -> assertThat(Files.readAllLines(file))
                            .as(file.toString())
                            .hasSizeLessThanOrEqualTo(MOST_LINES_OF_A_VERB));
        }
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

    @Test
    void everyTestThatThePagesNameIsThere() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
            List<String> there = all.map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
            assertThat(Pattern.compile("`([A-Z]\\w+(?:Test|IT))\\b")
                            .matcher(Pages.everything())
                            .results()
                            .map(found -> found.group(1)))
                    .hasSizeGreaterThan(10)
                    .isSubsetOf(there);
        }
    }

    /** An exception joined to a text puts its class's name before the user; {@code IoReason} has the words. */
    @Test
    void noMessageHoldsAnExceptionOfFiles() throws IOException {
        Pattern joined = Pattern.compile("catch \\((?:\\w+ \\| )*\\w*IOException e\\) \\{[^}]*\\+ e[ )]");
        try (Stream<Path> all = Files.walk(SOURCES)) {
            assertThat(all.filter(file -> file.toString().endsWith(".java")))
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .as(file.toString())
                            .doesNotContainPattern(joined));
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
