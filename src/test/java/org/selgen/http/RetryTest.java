package org.selgen.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryTest {
    @Test
    void retryAfterIsSecondsOrADate() {
        Instant now = Instant.parse("2026-01-05T10:00:00Z");
        assertThat(RetryAfter.parse("7", now)).contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse("Mon, 5 Jan 2026 10:01:00 GMT", now)).contains(Duration.ofMinutes(1));
        assertThat(RetryAfter.parse("Mon, 5 Jan 2026 09:00:00 GMT", now)).contains(Duration.ZERO);
        assertThat(RetryAfter.parse("soon", now)).isEmpty();
        assertThat(RetryAfter.parse("-3", now)).isEmpty();
    }

    @Test
    void theWaitDoublesUpToItsBoundWithJitter() {
        RetryPolicy.Attempts attempts = new RetryPolicy(9, 100, 400).attempts(1);
        for (long whole : new long[] {100, 200, 400, 400}) {
            assertThat(attempts.failed()).isTrue();
            assertThat(attempts.waitMillis()).isBetween(whole / 2, whole * 3 / 2);
        }
    }

    @Test
    void progressGivesAllTriesBack() {
        RetryPolicy.Attempts attempts = new RetryPolicy(2, 1, 1).attempts(1);
        assertThat(attempts.failed()).isTrue();
        attempts.progressed();
        assertThat(attempts.failed()).isTrue();
        assertThat(attempts.failed()).isFalse();
    }
}
