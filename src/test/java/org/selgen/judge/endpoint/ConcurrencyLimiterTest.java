package org.selgen.judge.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConcurrencyLimiterTest {
    private static final double CLOSE = 1e-9;

    private final ConcurrencyLimiter gate = new ConcurrencyLimiter(16);

    @Test
    void atFirstAsManyGoodCallsAsRunMakeRoomForAsManyMore() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            gate.enter();
            gate.good();
        }
        assertThat(gate.limit()).isEqualTo(8);
    }

    @Test
    void onceItWasBusyAsManyGoodCallsAsRunMakeRoomForAboutOneMore() throws InterruptedException {
        gate.busy(gate.enter(), Duration.ZERO);
        for (int i = 0; i < 2; i++) {
            gate.enter();
            gate.good();
        }
        assertThat(gate.limit()).isBetween(2.8, 3.0);
    }

    @Test
    void callsOfOneWaveHalveTheLimitOnce() throws InterruptedException {
        long first = gate.enter();
        long second = gate.enter();
        gate.busy(first, Duration.ZERO);
        gate.busy(second, Duration.ZERO);
        assertThat(gate.limit()).isEqualTo(2);
        gate.busy(gate.enter(), Duration.ZERO);
        assertThat(gate.limit()).isEqualTo(1);
    }

    @Test
    void theLimitNeverFallsBelowOneNorRisesAboveTheMost() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            gate.busy(gate.enter(), Duration.ZERO);
        }
        assertThat(gate.limit()).isEqualTo(1);
        for (int i = 0; i < 500; i++) {
            gate.enter();
            gate.good();
        }
        assertThat(gate.limit()).isBetween(16 - CLOSE, 16.0);
    }

    @Test
    void aFailurePausesGrowthWithoutACut() throws InterruptedException {
        gate.enter();
        gate.failed();
        gate.enter();
        gate.good();
        assertThat(gate.limit()).isEqualTo(4);
    }

    @Test
    void allWaitAsLongAsTheServiceAsks() throws InterruptedException {
        gate.busy(gate.enter(), Duration.ofMillis(200));
        long before = System.nanoTime();
        gate.enter();
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(150), Duration.ofSeconds(5));
    }
}
