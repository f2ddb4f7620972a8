package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selgen.method.Dpo;
import org.selgen.method.GradientProjection;
import org.selgen.method.KlPenalty;
import org.selgen.method.Mixed;
import org.selgen.method.OLora;
import org.selgen.method.SafeLora;
import org.selgen.method.Standard;
import org.selgen.train.Forecast.PlannedWork;
import org.selgen.train.Forecast.ProxyLength;

class ForecastTest {
    private static final ProxyLength FOUR = new ProxyLength(4, 3);

    private static Training training(int epochs, int batch, int proxyBatch, int accumulation) {
        return new Training(epochs, batch, proxyBatch, accumulation, 1e-3f, 0, 0, 0, 64, Training.LossOn.ANSWER);
    }

    @Test
    void everyTaskTokenIsReadOnceAnEpoch() {
        Forecast forecast = new Forecast(training(3, 2, 1, 1), List.of(5, 7, 11), List.of(FOUR));
        PlannedWork work = forecast.recorded(new Mixed(), 0, 3);
        assertThat(work.steps()).isEqualTo(3 * 2);
        assertThat(work.task()).isEqualTo(new TokenLoad(3 * 23, 3 * (25 + 49 + 121)));
        assertThat(work.proxy()).isEqualTo(new TokenLoad(6 * 4, 6 * 16));
        assertThat(work.tokens()).isEqualTo(69 + 24);
        assertThat(forecast.recorded(new Mixed(), 0, 1).task().tokens()).isEqualTo(23);
    }

    @Test
    void anEpochUnderAccumulationIsOnePassToo() {
        List<Integer> rows = IntStream.rangeClosed(1, 33).boxed().toList();
        Forecast forecast = new Forecast(training(2, 1, 1, 32), rows, List.of(FOUR));
        assertThat(forecast.recorded(new Standard(), 0, 1))
                .isEqualTo(new PlannedWork(2, TokenLoad.of(rows), TokenLoad.NONE, TokenLoad.NONE));
        assertThat(forecast.recorded(new Mixed(), 0, 2).proxy().tokens()).isEqualTo(2 * 33 * 4);
    }

    @Test
    void aMethodIsCountedTheRowsThatItSees() {
        Forecast forecast = new Forecast(training(1, 2, 2, 1), List.of(5, 5, 5, 5), List.of(FOUR, FOUR));
        assertThat(forecast.recorded(new Standard(), 0, 1).tokens()).isEqualTo(20);
        assertThat(forecast.recorded(new KlPenalty(1), 0, 1).tokens()).isEqualTo(20 + 16);
        assertThat(forecast.recorded(new KlPenalty(0), 0, 1).tokens()).isEqualTo(20);
        assertThat(forecast.recorded(new Dpo(1, 1, Dpo.LogProbs.SUM), 0, 1).tokens())
                .isEqualTo(20 + 16 + 12);
    }

    @Test
    void aMethodThatLooksAtTheProxyInSomeStepsIsCountedThoseAlone() {
        Forecast forecast = new Forecast(training(5, 2, 2, 1), List.of(5, 5), List.of(FOUR, FOUR));
        GradientProjection third = new GradientProjection(
                GradientProjection.ProductScope.GLOBAL,
                GradientProjection.When.ALWAYS,
                GradientProjection.Proxy.CROSS_ENTROPY,
                3,
                1);
        assertThat(forecast.recorded(third, 0, 5).ofProxy()).isEqualTo(2 * 8); // steps 0 and 3 of 5
    }

    @Test
    void aMethodThatTrainsNothingRecordsNothing() {
        Forecast forecast = new Forecast(training(2, 2, 1, 1), List.of(5, 7), List.of(FOUR, FOUR, FOUR));
        SafeLora safe = new SafeLora(1, SafeLora.Projector.PAPER, SafeLora.Plane.PROXY_ADAPTER);
        assertThat(forecast.recorded(safe, 0, 2)).isEqualTo(PlannedWork.NONE);
        assertThat(forecast.recorded(new OLora(1, 0), 0, 2)).isEqualTo(forecast.recorded(new Standard(), 0, 2));
    }
}
