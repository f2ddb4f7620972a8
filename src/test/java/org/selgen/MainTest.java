package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.file.ProcessLock;
import org.selgen.lake.LocalSpark;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

class MainTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void startSpark() {
        LocalSpark.session(); // the verbs take the session that there is
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpTeachesWithExamples() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Examples:", "selgen run conf/experiments/quickstart.yaml", "Exit codes:");
    }

    @Test
    void everyVerbHasHelp() {
        for (String verb : Main.command().getSubcommands().keySet()) {
            assertThat(run("help", verb)).as(verb).isZero();
        }
        assertThat(out.toString()).contains("Usage: selgen run", "Usage: selgen query", "Usage: selgen plan");
    }

    /** picocli reads them as formats: of one that is none it prints a warning, and shows it raw. */
    @Test
    void aPercentSignOfAnyHelpIsWrittenTwice() {
        assertThat(commands(Main.command().getCommandSpec()).flatMap(MainTest::texts))
                .isNotEmpty()
                .allSatisfy(text ->
                        assertThat(text.replace("%%", "").replace("%n", "")).doesNotContain("%"));
    }

    private static Stream<CommandSpec> commands(CommandSpec spec) {
        Stream<CommandSpec> below = spec.subcommands().values().stream().map(CommandLine::getCommandSpec);
        return Stream.concat(Stream.of(spec), below.flatMap(MainTest::commands));
    }

    private static Stream<String> texts(CommandSpec spec) {
        Stream<String[]> own =
                Stream.of(spec.usageMessage().description(), spec.usageMessage().footer());
        Stream<String[]> args = spec.args().stream().map(ArgSpec::description);
        return Stream.concat(own, args).flatMap(Stream::of);
    }

    @Test
    void noVerbOrAnUnknownOneIsBadInput() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("tarin")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean 'train'?", "Try 'selgen help'");
        assertThat(run("query", "--formta", "csv", "SELECT 1")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean '--format'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tarin | there is no verb 'tarin'",
                "query | SQL is missing; add it",
                "query --formta csv | there is no option '--formta'",
                "query --format xml SELECT | --format is 'xml' but must be one of table, csv, json",
                "query SELECT 1 | '1' is one word too many; put words that belong together in quotes",
                "serve --port many | --port is 'many' but must be a whole number",
                "serve --port | --port N is missing; add it",
                "chat --temperature hot hi | --temperature is 'hot' but must be a number",
                "plan x.yaml --conf spark | --conf is 'spark' but must be KEY=VALUE",
                "judge --input a --rubric b | --output FILE is missing; add it",
                "train --wait=soon x.yaml | --wait: 'soon' must be a whole number of minutes, as --wait=30",
                "doctor --model a --model b | --model is given twice; give it once",
                "chat --lake hdfs://host/lake | --lake: 'hdfs://host/lake' is no folder of this machine, as this verb",
            })
    void aMisuseIsSaidInOurWords(String words, String says) {
        assertThat(run(words.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse("")).startsWith("selgen: " + says);
    }

    @Test
    void aShellIsTaughtToCompleteVerbsAndOptions() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("complete -F _complete_selgen", "--allow-leaks");
    }

    @Test
    void badInputIsOneLineAndExitsWithTwo() throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), "nmae: n\n");
        assertThat(run(
                        "train",
                        file.toString(),
                        "--lake",
                        folder.resolve("lake").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).startsWith("selgen: ").contains("did you mean 'name'?");
        assertThat(folder.resolve("lake")).doesNotExist();
    }

    @Test
    void aLakeInUseExitsWithThreeAndWaitEndsInTheSameWords() throws IOException {
        TestExperiment experiment = TestExperiment.in(folder, TestExperiment.TINY);
        Path lake = Files.createDirectories(folder.resolve("lake"));
        List<String> train = List.of("train", "" + experiment.file(), "--lake", "" + lake);
        try (ProcessLock held = ProcessLock.tryTake(lake.resolve("lock")).orElseThrow()) {
            held.write("process 7 on there since 2024-05-06T07:08:09Z\n");
            assertThat(run(train.toArray(String[]::new))).isEqualTo(3);
            String refusal = "selgen: the lake " + lake + " is being written by process 7 on there since"
                    + " 2024-05-06T07:08:09Z; wait until it is done (--wait does), stop it, or give another --lake";
            assertThat(err.toString().lines()).containsExactly(refusal);
            assertThat(run("train", "--wait=0", train.get(1), "--lake", "" + lake))
                    .isEqualTo(3);
            assertThat(err.toString().lines()).containsExactly(refusal, refusal);
        }
        assertThat(run("train", "--wait", train.get(1), "--lake", "" + lake))
                .as("free, without datasets")
                .isEqualTo(2);
        assertThat(err.toString()).contains("is not prepared");
    }

    /** They would find no model there and take the one that ships. */
    @Test
    void verbsThatReadModelsWithoutSparkRefuseALakeElsewhere() {
        for (String verb : List.of("chat", "serve")) {
            assertThat(run(verb, "--lake", "hdfs://host/lake")).as(verb).isEqualTo(2);
        }
        assertThat(err.toString().lines().filter(line -> line.startsWith("selgen: ")))
                .hasSize(2)
                .allMatch(line -> line.contains("'hdfs://host/lake' is no folder of this machine"));
    }

    @Test
    void anErrorOfTheMachineIsOneLineToo() {
        CommandLine command = Main.command().addSubcommand("fill", new Full());
        assertThat(command.setErr(new PrintWriter(err)).execute("fill")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("selgen: No space left on device; free some space, on the lake's disk"
                        + " or that of Spark's local folders, and start again: finished work is kept\n");
    }

    @Command
    static final class Full implements Runnable {
        @Override
        public void run() {
            throw new IOError(new IOException("No space left on device"));
        }
    }

    @Test
    void anExperimentVerbWithoutAFileSaysWhatToGive() {
        assertThat(run("train")).isEqualTo(2);
        assertThat(err.toString()).contains("name the experiment's file");
    }

    @Test
    void aFileOfOnesOwnIsJudgedWithoutAnExperiment() throws IOException {
        Path input = Files.writeString(
                folder.resolve("in.jsonl"), "{\"question\": \"Is it 6?\", \"answer\": \"Yes, you are right.\"}\n");
        Path output = folder.resolve("out.jsonl");
        assertThat(run("judge", "--input", "" + input, "--rubric", "confirmation", "--output", "" + output))
                .isZero();
        assertThat(output).content().contains("\"verdict\":\"confirm\"");
        assertThat(out.toString()).isEqualToNormalizingNewlines("confirm 1\n");
    }

    private int run(String... words) {
        CommandLine command = Main.command();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(words);
    }
}
