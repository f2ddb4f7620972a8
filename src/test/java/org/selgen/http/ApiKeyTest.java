package org.selgen.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
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
}
