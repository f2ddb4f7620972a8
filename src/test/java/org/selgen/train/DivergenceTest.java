package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.selgen.data.StepMetrics;

class DivergenceTest {
    private static Optional<String> of(double... losses) {
        int[] step = {0};
        List<StepMetrics> made = Arrays.stream(losses)
                .mapToObj(loss -> new StepMetrics("r", ++step[0], loss, loss, 0, 2, 0.1, 9))
                .toList();
        return Divergence.of(made);
    }

    @Test
    void aLossThatIsNoNumberNamesItsStepAndTheLastGoodOne() {
        assertThat(of(1, 3, Double.NaN))
                .contains("loss NaN and gradient norm 2.0 at step 3, loss 3.0 and gradient norm 2.0 at step 2 before");
        assertThat(of(Double.POSITIVE_INFINITY)).contains("loss Infinity and gradient norm 2.0 at step 1, none before");
    }

    @Test
    void aLossFarAboveTheMedianForFiveStepsExploded() {
        assertThat(of(2, 1, 2, 21, 30, 40, 50, 60))
                .contains(
                        "loss 60.0 at step 8, above 20.0 for 5 steps, loss 2.0 and gradient norm 2.0 at step 3 before");
    }

    @Test
    void aSpikeIsNoExplosion() {
        assertThat(of(2, 1, 2, 21, 30, 40, 50)).isEmpty();
        assertThat(of(2, 1, 2, 21, 30, 3, 40, 50, 60)).isEmpty();
        assertThat(of(0.1, 0.1, 0.1, 9, 9, 9, 9, 9, 9)).isEmpty();
    }

    @Test
    void aLossThatIsLargeFromTheBeginningIsNoExplosion() {
        assertThat(of(300, 310, 290, 330, 320, 400, 350, 360)).isEmpty();
    }
}
