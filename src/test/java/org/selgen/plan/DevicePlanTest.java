package org.selgen.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.selgen.Golden;
import org.selgen.lake.Lake;
import org.selgen.lake.Storage;
import org.selgen.stage.LocalEngine;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.stage.Stages;

/** Plans from configuration and tokenizer alone. The tokenizer is a small one, so that rows have more tokens than theirs. */
class DevicePlanTest {
    private static final Path EXPERIMENT = Path.of("conf/experiments/gcd-chat-models.yaml");

    @TempDir
    Path folder;

    private Plan plan(ChatModels model, String... more) throws IOException {
        List<String> settings = new ArrayList<>(List.of("dtype=" + model.dtype, "methods=[standard, mixed]"));
        settings.addAll(List.of(more));
        return plan(EXPERIMENT, model, settings);
    }

    private Plan plan(Path experiment, ChatModels model, List<String> more) throws IOException {
        Files.writeString(folder.resolve("config.json"), model.json);
        Files.write(
                folder.resolve("tokenizer.json"),
                Files.readAllBytes(Golden.path("tokenizer/qwen_style/tokenizer.json")));
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"eos_token\": \"<|im_end|>\", \"chat_template\": \"{% for m in messages %}{{ m.content }}<|im_end|>"
                        + "{% endfor %}\"}");
        List<String> settings = new ArrayList<>(List.of("model=" + folder, "training.maxTokens=4096"));
        settings.addAll(more);
        Lake none = Lake.open(
                () -> {
                    throw new IllegalStateException("Spark is asked for");
                },
                Storage.of(folder.resolve("none").toString()));
        Stages stages = Stages.open(none, experiment, settings, new LocalEngine(), new PrintWriter(new StringWriter()));
        return stages.plan(OnLeak.STOP, () -> 1e12, () -> 1);
    }

    @ParameterizedTest
    @EnumSource(ChatModels.class)
    void everyReadyModelIsPlannedWithoutItsWeights(ChatModels model) throws IOException {
        assertThat(plan(model).notes())
                .anyMatch(note -> note.matches("memory of a training, at most: .* GiB \\(weights .*, adapter and"
                        + " optimizer .*, graph of a micro-batch by mixed .*"))
                .anyMatch(note -> note.startsWith("memory of answering, at most: "))
                .anyMatch(note -> note.matches("on a H200 card with 141 GiB: about .* of training and answering.*"))
                .anyMatch(note -> note.matches("train: 7 of 7 runs to do, [1-9]\\d* steps, [1-9]\\d* tokens"));
    }

    /** With every method that they name, on the rows that ship. */
    @ParameterizedTest
    @CsvSource({
        "qwen3-8b-medical, QWEN3_8B",
        "qwen3-8b-frontier, QWEN3_8B",
        "gemma-2b-gcd, GEMMA_2B",
        "gemma-2b-frontier, GEMMA_2B"
    })
    void theShippedConfigurationsOfRealModelsFitOne80GbCardWithTenToSpare(String experiment, ChatModels model)
            throws IOException {
        Plan plan = plan(Path.of("conf/experiments", experiment + ".yaml"), model, List.of());
        assertThatCode(() -> plan.refuseBeyond(70e9 / (1 << 30))).doesNotThrowAnyException();
    }

    @Test
    void whatCannotFitIsRefusedWithTheSettingsThatWould() throws IOException {
        Plan plan = plan(ChatModels.GEMMA3_1B);
        String message = catchThrowable(() -> plan.refuseBeyond(16)).getMessage();
        assertThat(message)
                .matches("a training needs up to .* GiB and answering up to .* GiB, but --device-memory is 16[.]0 GiB;"
                        + " give .*training.batch: \\d, .*the same steps in less memory.*");
        List<String> settings = Pattern.compile("(\\w+[.]?\\w+): (\\w+)")
                .matcher(message.substring(message.indexOf("; give ")))
                .results()
                .map(setting -> setting.group(1) + "=" + setting.group(2))
                .toList();
        Plan mended = plan(ChatModels.GEMMA3_1B, settings.toArray(String[]::new));
        assertThatCode(() -> mended.refuseBeyond(16)).doesNotThrowAnyException();
        assertThat(steps(mended)).isEqualTo(steps(plan));
    }

    @Test
    void whereMicroBatchesCannotBeSmallerActivationsAreComputedAgain() throws IOException {
        String[] single = {"training.batch=1", "training.proxyBatch=1", "decoding.maxTokens=50"};
        Plan plan = plan(ChatModels.GEMMA3_1B, single);
        double needed = plan.notes().stream()
                .map(Pattern.compile("memory of a training, at most: (\\d+[.]\\d) GiB.*")::matcher)
                .filter(Matcher::matches)
                .mapToDouble(note -> Double.parseDouble(note.group(1)))
                .sum();
        assertThatThrownBy(() -> plan.refuseBeyond(needed - 0.2))
                .hasMessageContaining("give checkpoint.activations: true (the same steps, half as long again)");
        Plan mended = plan(ChatModels.GEMMA3_1B, single[0], single[1], single[2], "checkpoint.activations=true");
        assertThatCode(() -> mended.refuseBeyond(needed - 0.2)).doesNotThrowAnyException();
        assertThat(steps(mended)).isEqualTo(steps(plan));
    }

    private static List<String> steps(Plan plan) {
        return plan.notes().stream().filter(note -> note.startsWith("train: ")).toList();
    }

    @Test
    void whereNothingSmallerFitsItSaysSo() throws IOException {
        Plan plan = plan(ChatModels.QWEN2_5_7B);
        assertThatThrownBy(() -> plan.refuseBeyond(8)).hasMessageContaining("no such settings fit");
    }
}
