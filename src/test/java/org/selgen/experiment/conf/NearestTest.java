package org.selgen.experiment.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KNOWN = List.of(
            "epochs",
            "batch",
            "proxyBatch",
            "accumulation",
            "learningRate",
            "warmup",
            "weightDecay",
            "clip",
            "maxTokens",
            "standard",
            "kl-penalty",
            "o-lora",
            "safe-lora",
            "init",
            "train",
            "temperature");

    @ParameterizedTest
    @CsvSource({
        "kl, kl-penalty",
        "lr, learningRate",
        "learning_rate, learningRate",
        "bs, batch",
        "wd, weightDecay",
        "ga, accumulation",
        "temp, temperature",
        "tarin, train",
        "kl-penalti, kl-penalty",
        "olora, o-lora",
        "SafeLora, safe-lora",
        "max_tokens, maxTokens",
        "epoch, epochs",
        "wramup, warmup",
    })
    void whatIsMeantIsFound(String given, String meant) {
        assertThat(Nearest.of(given, KNOWN)).contains(meant);
    }

    @Test
    void thereIsNoneAmongNone() {
        assertThat(Nearest.of("a", List.of())).isEmpty();
    }
}
