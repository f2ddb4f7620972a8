package org.selgen.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void itIsTheHashOfTheWholeJsonWhichNeedNotBeMade() {
        for (Object value :
                List.of("", "ä 中 \uD83D\uDE00 half \uD83D", List.of("x".repeat(20_000), 1), Map.of("b", 1.5, "a", 2))) {
            assertThat(Fingerprint.of(value))
                    .isEqualTo(DigestUtils.sha256Hex(Fingerprint.json(value)).substring(0, 12));
        }
    }

    @Test
    void itIsWhatOlderLakesHaveInTheirNames() {
        assertThat(Fingerprint.of(Map.of("b", List.of(1, 2), "a", "x"))).isEqualTo("721ef82f2d6c");
    }

    @Test
    void anotherOrderOfRowsIsAnotherFingerprint() { // rows are dealt to steps in their order
        assertThat(Fingerprint.of(List.of("a", "b"))).isNotEqualTo(Fingerprint.of(List.of("b", "a")));
    }
}
