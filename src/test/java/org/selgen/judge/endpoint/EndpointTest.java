package org.selgen.judge.endpoint;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;

class EndpointTest {
    @Test
    void aKeyDoesNotTravelReadableForAll() {
        Endpoint open = Endpoint.of("http://judge.example.org/v1", "m");
        assertThatThrownBy(() -> open.withKeyEnv("JUDGE_KEY"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("http://judge.example.org/v1', where the key would travel readable for all");
    }

    @Test
    void aKeyGoesToThisMachineAndByHttps() {
        assertThatCode(() -> Endpoint.of("http://127.0.0.1:1/v1", "m").withKeyEnv("JUDGE_KEY"))
                .doesNotThrowAnyException();
        assertThatCode(() -> Endpoint.of("https://judge.example.org/v1", "m").withKeyEnv("JUDGE_KEY"))
                .doesNotThrowAnyException();
    }
}
