package org.selgen.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import org.selgen.experiment.conf.Yaml;

/** Settings of a short training, as a conf file has them. */
final class TestTraining {
    private static final String SHORT = """
            epochs: 3
            batch: 4
            proxyBatch: 2
            accumulation: 1
            learningRate: 5e-3
            warmup: 2
            weightDecay: 0.01
            clip: 1
            maxTokens: 64
            lossOn: answer
            """;

    private TestTraining() {}

    /** Three epochs with other settings, each a line of YAML. */
    static Training with(String... more) {
        try {
            ObjectNode settings = (ObjectNode) new YAMLMapper().readTree(SHORT);
            for (String setting : more) {
                settings.setAll((ObjectNode) new YAMLMapper().readTree(setting));
            }
            return Yaml.bind(settings, Training.class, Path.of("test.yaml"), List.of());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
