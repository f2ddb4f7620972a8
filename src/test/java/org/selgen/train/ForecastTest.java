package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selgen.method.OLora;
import org.selgen.method.SafeLora;
import org.selgen.method.Standard;
import org.selgen.train.Forecast.PlannedWork;

class ForecastTest {
    private static Training training(int epochs, int batch, int proxyBatch, int accumulation) {
        return new Training(epochs, batch, proxyBatch, accumulation, 1e-3f, 0, 0, 0, 64, Training.LossOn.ANSWER);
    }

    @Test
    void everyTaskTokenIsReadOnceAnEpoch() {
        Forecast forecast = new Forecast(training(3, 2, 1, 1), List.of(5, 7, 11), List.of(4));
        PlannedWork work = forecast.recorded(new Standard(), 0, 3);
        assertThat(work.steps()).isEqualTo(3 * 2);
        assertThat(work.task()).isEqualTo(new TokenLoad(3 * 23, 3 * (25 + 49 + 121)));
        assertThat(work.proxy()).isEqualTo(new TokenLoad(6 * 4, 6 * 16));
        assertThat(work.tokens()).isEqualTo(69 + 24);
        assertThat(forecast.recorded(new Standard(), 0, 1).task().tokens()).isEqualTo(23);
    }

    @Test
    void aStepThatReachesIntoTheNextEpochReadsOfIt() {
        Forecast forecast = new Forecast(training(1, 1, 1, 2), List.of(5, 5, 5), List.of(4));
        assertThat(forecast.recorded(new Standard(), 0, 1))
                .isEqualTo(new PlannedWork(2, new TokenLoad(20, 100), new TokenLoad(16, 64)));
    }

    @Test
    void aMethodThatTrainsNothingRecordsNothing() {
        Forecast forecast = new Forecast(training(2, 2, 1, 1), List.of(5, 7), List.of(4, 4, 4));
        SafeLora safe = new SafeLora(1, SafeLora.Projector.PAPER, SafeLora.Plane.PROXY_ADAPTER);
        assertThat(forecast.recorded(safe, 0, 2)).isEqualTo(PlannedWork.NONE);
        assertThat(forecast.recorded(new OLora(1, 0), 0, 2)).isEqualTo(forecast.recorded(new Standard(), 0, 2));
    }
}
