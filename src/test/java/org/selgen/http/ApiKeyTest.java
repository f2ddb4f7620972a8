package org.selgen.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.BadInput;

class ApiKeyTest {
    @Test
    void onlyTheHeaderHoldsTheKey() {
        ApiKey key = ApiKey.of(" sk-canary\n", "the file k", "a key");
        assertThat(key.header()).isEqualTo("Bearer sk-canary");
        assertThat(key.toString()).isEqualTo("(secret)");
        assertThat(key.scrub("wrong key sk-canary")).isEqualTo("wrong key (secret)");
    }

    @Test
    void aKeyWithASpaceIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> ApiKey.of("sk canary", "the file k", "a key"))
                .isInstanceOf(BadInput.class)
                .hasMessage("the file k must hold a key, on one line and without spaces; put it there");
    }

    @Test
    void noKeyIsNotPresent() {
        assertThat(ApiKey.NONE.present()).isFalse();
        assertThat(ApiKey.NONE.scrub("text")).isEqualTo("text");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/v1, true",
        "HTTPS://example.org, true",
        "http://localhost:8000/v1, true",
        "http://LOCALHOST/v1, true",
        "http://127.0.0.1:8000/v1, true",
        "http://127.8.9.10/v1, true",
        "http://[::1]:8000/v1, true",
        "http://example.org/v1, false",
        "http://10.0.0.1/v1, false",
        "http://0.0.0.0/v1, false",
        "http://127.example.org/v1, false",
        "http://127.0.0.1.example.org/v1, false",
        "http://localhost.example.org/v1, false",
    })
    void aKeyGoesByHttpsOrToThisMachineOnly(URI place, boolean allowed) {
        assertThat(ApiKey.maySendTo(place)).isEqualTo(allowed);
    }
}
