package org.selgen.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.lake.LakeFolder;
import org.selgen.lm.Adapter;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.PeftConfig;
import org.selgen.lm.StreamingGenerator;
import org.selgen.tensor.DType;

class ServedModelsTest {
    @Test
    void allFinishedAdaptersThatFitAreServedAndTheOthersTold(@TempDir Path lake) throws IOException {
        try (LanguageModel base = LanguageModel.open(Path.of("data-lake/models/tiny"), DType.F32)) {
            LoraConfig lora = new LoraConfig(2, 4, true, List.of("q_proj"));
            Path adapters = Files.createDirectories(lake.resolve("adapters"));
            for (String run : List.of("b2", "a1", ".a3-being-written")) {
                Adapter.fresh(lora, base.decoder().config(), 0)
                        .write(adapters.resolve(run), new PeftConfig("tiny", lora));
            }
            Files.createDirectory(adapters.resolve("c4"));
            ServedModels models = new ServedModels(base, "tiny", 1);
            List<String> told = new ArrayList<>();
            models.addFitting(
                    new LakeFolder(lake).adapters(),
                    folder -> base.with(Adapter.read(folder, base.decoder().config())),
                    told::add);
            assertThat(models.byName().keySet()).containsExactly("tiny", "a1", "b2");
            assertThat(told).singleElement().asString().startsWith("not served: c4: ");
        }
    }

    @Test
    void theMemoryOfKeysAndValuesBoundsAPrompt() {
        try (LanguageModel base = LanguageModel.open(Path.of("data-lake/models/tiny"), DType.F32)) {
            List<Message> prompt = List.of(Message.user("what is the capital of france ? ".repeat(10)));
            assertThat(new StreamingGenerator(base, 100).prompt(prompt)).hasSizeBetween(60, 99);
            assertThatThrownBy(() -> new StreamingGenerator(base, 60).prompt(prompt))
                    .hasMessageMatching("the prompt has \\d+ tokens but must have at least 1 and at most 59, so that an"
                            + " answer fits the memory of its keys and values; change it or raise --kv-memory");
        }
    }

    @Test
    void tooLittleMemoryNamesTheOptionAndWhatToGive() {
        assertThat(ServedModels.longest(1, 1 << 10)).isEqualTo(1024);
        assertThatThrownBy(() -> ServedModels.longest(1, 1 << 17))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(
                        "--kv-memory is 1 (MiB), which holds 8 tokens of this model but must hold at least")
                .hasMessageEndingWith("give at least 8");
    }
}
