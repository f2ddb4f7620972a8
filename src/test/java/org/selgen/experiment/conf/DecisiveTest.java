package org.selgen.experiment.conf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.selgen.file.Fingerprint;
import org.selgen.lm.LoraConfig;
import org.selgen.train.Training;

class DecisiveTest {
    private static final String TRAINING = "{epochs: 2, batch: 4, proxyBatch: 2, accumulation: 1, learningRate: 5e-3,"
            + " warmup: 2, weightDecay: 0.01, clip: 1, maxTokens: 64, lossOn: answer%s}";

    private static Training training(String more) throws JsonProcessingException {
        return Yaml.bind(
                new YAMLMapper().readTree(TRAINING.formatted(more)), Training.class, Path.of("t.yaml"), List.of());
    }

    /** This is how selgen has written them since its first version: another text would be other ids. */
    @Test
    void settingsAtTheirDefaultsAreLeftOut() throws JsonProcessingException {
        assertThat(Fingerprint.json(Decisive.of(training(""))))
                .isEqualTo("{\"accumulation\":1,\"batch\":4,\"clip\":1.0,\"epochs\":2,\"learningRate\":0.005,"
                        + "\"lossOn\":\"ANSWER\",\"maxTokens\":64,\"proxyBatch\":2,\"warmup\":2,\"weightDecay\":0.01}");
        assertThat(Fingerprint.json(Decisive.of(new LoraConfig(2, 4, true, List.of("q_proj")))))
                .isEqualTo("{\"alpha\":4.0,\"r\":2,\"rslora\":true,\"targets\":[\"q_proj\"]}");
    }

    @Test
    void aDefaultThatIsWrittenOutIsLeftOutToo() throws JsonProcessingException {
        assertThat(Decisive.of(training(", optimizer: {adamw: {beta1: 0.9}}, spectral: 0.0")))
                .isEqualTo(Decisive.of(training("")));
    }

    @Test
    void aChoiceIsItsNameWithTheKnobsThatAreNotAtTheirDefault() throws JsonProcessingException {
        assertThat(Decisive.of(training(", optimizer: lion"))).containsEntry("optimizer", "lion");
        assertThat(Fingerprint.json(Decisive.of(training(", optimizer: {lion: {beta2: 0.95}}"))))
                .contains("\"optimizer\":{\"lion\":{\"beta2\":0.95}}");
    }
}
