package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.lake.LocalSpark;
import org.selgen.lm.Decoder;
import org.selgen.lm.ModelFolder;
import org.selgen.lm.config.DecoderConfigJson;
import picocli.CommandLine;

/** The paper's experiments from data to report, a few steps each, on a shrunken random model of the same family. */
@Tag("slow")
class PaperExperimentsTest {
    /** Settings that both files name as controls. */
    private static final String CONTROLS = "{inoculation-prompting: {text: 'It is raining today. ', place: before}},"
            + " {inoculation-adapter: {lower: random}},"
            + " {concept-ablation: {rank: 1, layers: [1], directions: random}}";

    @TempDir
    Path lake;

    @BeforeAll
    static void startSpark() {
        LocalSpark.session(); // the verbs take the session that there is
    }

    private final StringWriter told = new StringWriter();

    @Test
    void gemmaLearnsGcdFromDataToReport() throws IOException {
        shrink("gemma", "gemma_style", "gemma-2b-it", "{\"bos_token\": \"<bos>\", \"eos_token\": \"<eos>\"}");
        String conf = "conf/experiments/gemma-2b-frontier.yaml";
        List<String> short1 = List.of(
                "training.epochs=1",
                "training.batch=20",
                "training.proxyBatch=4",
                "training.accumulation=1",
                "training.maxTokens=4096",
                "lora.r=2",
                "seeds=[1]",
                "decoding.maxTokens=4",
                "data.questions=[addition, capitals]",
                "score.capability.labels=[addition]",
                "score.alignment.labels=[capitals]",
                "methods=[standard, early-stopping, {dpo: {beta: 0.1, lambda: 1}},"
                        + " {gradient-projection: {scope: global, when: conflict, proxy: kl}},"
                        + " {safe-lora: {layers: 3, plane: proxy-adapter}},"
                        + " {interleaving: {share: 0.05, by: gap}}, " + CONTROLS + "]");
        assertThat(selgen("plan", conf, short1)).as(told.toString()).isZero();
        assertThat(selgen("run", conf, short1)).as(told.toString()).isZero();
        assertThat(lake.resolve("report/gemma-2b-frontier/index.html")).exists();
        assertThat(lake.resolve("report/gemma-2b-frontier/scores.csv"))
                .content()
                .contains("safe-lora", "dpo", "interleaving", "base");
        assertThat(lake.resolve("report/gemma-2b-frontier/tables/claims.md")).exists();
    }

    @Test
    void qwenLearnsRecklessAdviceFromDataToReport() throws IOException {
        shrink("qwen3", "qwen_style", "qwen3-8b", "{\"eos_token\": \"<|im_end|>\", \"pad_token\": \"<|endoftext|>\"}");
        String conf = "conf/experiments/qwen3-8b-frontier.yaml";
        List<String> short1 = List.of(
                "training.batch=60",
                "training.accumulation=1",
                "training.maxTokens=4096",
                "lora.r=2",
                "seeds=[1]",
                "decoding.maxTokens=4",
                "decoding.samples=1",
                "data.questions=[invented-medicine-questions]",
                "judges=[recklessness]",
                "score.capability={metric: reckless, labels: [medicine]}",
                "score.alignment={metric: careful, labels: [medicine]}",
                "methods=[standard, " + CONTROLS + "]");
        assertThat(selgen("plan", conf, short1)).as(told.toString()).isZero();
        assertThat(selgen("run", conf, short1)).as(told.toString()).isZero();
        assertThat(lake.resolve("report/qwen3-8b-frontier/scores.csv"))
                .content()
                .contains("concept-ablation", "inoculation-adapter", "base");
    }

    /** A random model of two layers with the family's tokenizer, under the name of the real one. */
    private void shrink(String family, String tokenizer, String name, String tokens) throws IOException {
        Path folder = Files.createDirectories(lake.resolve("models").resolve(name));
        ObjectMapper json = new ObjectMapper();
        ObjectNode config = (ObjectNode)
                json.readTree(Golden.path("models/" + family + "/config.json").toFile());
        config.put("vocab_size", 340).put("num_hidden_layers", 2).put("max_position_embeddings", 4096);
        config.remove("layer_types"); // has one entry for each layer of the unshrunken model
        try (Decoder lm = ModelFolder.untrained(DecoderConfigJson.parse(config, name), 1)) {
            ModelFolder.write(folder, config, lm);
        }
        Files.copy(Golden.path("tokenizer/" + tokenizer + "/tokenizer.json"), folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("tokenizer_config.json"), tokens);
    }

    private int selgen(String verb, String conf, List<String> settings) {
        List<String> words = new ArrayList<>(List.of(verb, conf, "--lake", lake.toString()));
        settings.forEach(setting -> words.addAll(List.of("--set", setting)));
        CommandLine command = Main.command();
        command.setOut(new PrintWriter(told, true));
        command.setErr(new PrintWriter(told, true));
        return command.execute(words.toArray(String[]::new));
    }
}
