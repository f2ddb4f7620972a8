package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.lake.LocalSpark;
import picocli.CommandLine;

/** Whatever the user gives wrong: exit code 2, one line that names the thing, and the lake as it was. */
class BadInputTest {
    private static final Path MODEL = Path.of("data-lake/models/tiny");

    @TempDir
    Path folder;

    @BeforeAll
    static void startSpark() {
        LocalSpark.session();
    }

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(lake().resolve("models/tiny"));
        Files.writeString(lake().resolve("version"), "1\n");
        try (Stream<Path> files = Files.list(MODEL)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, lake().resolve("models/tiny").resolve(file.getFileName()));
            }
        }
        TestExperiment.in(folder, "model=tiny")
                .data("file={chat-jsonl: {path: %s, label: chat}}".formatted(folder.resolve("rows.jsonl")));
    }

    /**
     * One mistake.
     *
     * @param name of the mistake
     * @param verb that meets it
     * @param make what to do to the files; each is a path and its new text
     * @param words of the command line after the verb and file
     * @param says what the line must hold
     */
    record Mistake(String name, String verb, Map<String, String> make, List<String> words, List<String> says) {
        Mistake with(String setting) {
            return new Mistake(name, verb, make, List.of("--set", setting), says);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mistake> mistakes() {
        String file = "data.task=[file]";
        return Stream.of(
                set("a misspelt key", "run", "trianing.batch=2", "trianing", "did you mean 'training'"),
                set("a knob out of range", "run", "methods=[{kl-penalty: {beta: -1}}]", "beta", "at least 0"),
                set("a text for a number", "run", "training.batch=many", "training.batch", "a whole number"),
                set("an unknown method", "run", "methods=[standart]", "did you mean 'standard'"),
                set("an unknown dataset", "run", "data.task=[taks]", "did you mean 'task'"),
                set("an unknown judge", "plan", "judges=[math]", "math"),
                set("a missing model", "run", "model=none", "model is 'none'", "correct the name"),
                set("a missing model", "plan", "model=none", "model is 'none'", "correct the name"),
                set("a label that no question has", "plan", "score.capability.labels=[gdc]", "did you mean 'gcd'"),
                set("a target that there is not", "plan", "lora.targets=[qkv_proj]", "lora.targets", "q_proj"),
                set(
                        "more layers than there are",
                        "plan",
                        "methods=[standard, {safe-lora: {layers: 99, projector: paper, plane: proxy-adapter}}]",
                        "safe-lora.layers is 99",
                        "modules"),
                set("a row too long", "plan", "training.maxTokens=20", "row '", "at most 20 fit", "shorten it"),
                given("a bad row", "plan", Map.of("rows.jsonl", "{\"a\": 1}\n"), "rows.jsonl:1", "messages")
                        .with(file),
                given(
                        "a damaged model",
                        "plan",
                        Map.of("lake/models/tiny/model.safetensors", "TRUNCATE"),
                        "model.safe"),
                given("no experiment", "run", Map.of("conf/experiments/toy.yaml", "DELETE"), "toy.yaml"),
                given("not YAML", "run", Map.of("conf/experiments/toy.yaml", "name: [a\n"), "toy.yaml", "not YAML"),
                given("empty YAML", "run", Map.of("conf/experiments/toy.yaml", ""), "toy.yaml"),
                given("no text", "run", Map.of("conf/experiments/toy.yaml", "BYTES"), "toy.yaml", "UTF-8"),
                given("a folder", "run", Map.of("conf/experiments/toy.yaml", "FOLDER"), "no file", "toy.yaml"),
                given("not JSON", "prepare", Map.of("rows.jsonl", "{nonsense\n"), "rows.jsonl:1", "not JSON")
                        .with(file),
                given("a missing field", "prepare", Map.of("rows.jsonl", "{\"a\": 1}\n"), "rows.jsonl:1", "messages")
                        .with(file),
                given("no rows", "prepare", Map.of("rows.jsonl", ""), "rows.jsonl", "no rows")
                        .with(file),
                given("a newer lake", "run", Map.of("lake/version", "99\n"), "version 99", "newer selgen"),
                given("not a lake", "run", Map.of("lake/version", "x\n"), "'x'", "--lake"),
                given("a damaged model", "run", Map.of("lake/models/tiny/model.safetensors", "TRUNCATE"), "model.safe"),
                given(
                        "an unknown family",
                        "run",
                        Map.of("lake/models/tiny/config.json", "{\"model_type\": \"mamba\"}"),
                        "mamba",
                        "gemma"),
                given("no tokenizer", "run", Map.of("lake/models/tiny/tokenizer.json", "DELETE"), "tokenizer.json"),
                given(
                        "a token that there is not",
                        "run",
                        Map.of("lake/models/tiny/tokenizer_config.json", "{\"eos_token\": \"<stop>\"}"),
                        "no token '<stop>'",
                        "choose a model"),
                set("a row too long", "prepare", "training.maxTokens=20", "row '", "at most 20 fit", "maxTokens"),
                set("a row too long", "run", "training.maxTokens=20", "row '", "at most 20 fit", "shorten it"),
                words("GPUs here", "run", List.of("--conf", "spark.task.resource.gpu.amount=1"), "gpu", "--master"),
                words("a setting that is none", "run", List.of("--set", "seeds"), "--set seeds", "key=value"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsOneLineAndLeavesTheLakeAsItWas(Mistake mistake) throws IOException {
        for (Map.Entry<String, String> each : mistake.make().entrySet()) {
            damage(folder.resolve(each.getKey()), each.getValue());
        }
        Map<String, String> before = contents();
        StringWriter err = new StringWriter();
        CommandLine command = Main.command();
        command.setErr(new PrintWriter(err, true));
        command.setOut(new PrintWriter(new StringWriter(), true));
        List<String> words = new ArrayList<>(List.of(
                mistake.verb(), folder.resolve("conf/experiments/toy.yaml").toString(), "--lake", lake().toString()));
        words.addAll(mistake.words());
        int code = command.execute(words.toArray(String[]::new));
        assertThat(err.toString()).hasLineCount(1).startsWith("selgen: ").contains(mistake.says());
        assertThat(code).isEqualTo(2);
        assertThat(contents()).isEqualTo(before);
    }

    private static void damage(Path file, String text) throws IOException {
        switch (text) {
            case "DELETE" -> Files.delete(file);
            case "BYTES" -> Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff, (byte) 0xfe});
            case "FOLDER" -> {
                Files.delete(file);
                Files.createDirectory(file);
            }
            case "TRUNCATE" -> {
                byte[] all = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(all, all.length - 100));
            }
            default -> Files.writeString(file, text);
        }
    }

    /** Every file of the lake with its size and time, but for the lock. */
    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(lake())) {
            files.filter(file -> !file.getFileName().toString().equals("lock") && Files.isRegularFile(file))
                    .forEach(file -> contents.put(file.toString(), state(file)));
        }
        return contents;
    }

    private static String state(Path file) {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path lake() {
        return folder.resolve("lake");
    }

    private static Mistake set(String name, String verb, String setting, String... says) {
        return words(name, verb, List.of("--set", setting), says);
    }

    private static Mistake given(String name, String verb, Map<String, String> make, String... says) {
        return new Mistake(name, verb, make, List.of(), List.of(says));
    }

    private static Mistake words(String name, String verb, List<String> words, String... says) {
        return new Mistake(name, verb, Map.of(), words, List.of(says));
    }
}
