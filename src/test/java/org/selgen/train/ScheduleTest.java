package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.selgen.Golden;
import org.selgen.train.Schedule.Shape;

class ScheduleTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

    @Test
    void theRateGrowsFromZeroAndFallsToZero() {
        Golden golden = Golden.open("adamw/sft5.safetensors");
        float[] rates = golden.floats("lrs");
        Schedule schedule = new Schedule(1e-3, 2, 5, Shape.LINEAR);
        for (int s = 0; s < rates.length; s++) {
            assertThat((float) schedule.rate(s)).isCloseTo(rates[s], Offset.offset(1e-9f));
        }
    }

    /** As transformers' get_cosine_schedule_with_warmup has it: half a period over what the warm-up leaves. */
    @Test
    void aCosineIsAtItsPeakThenAtAHalfThenAtZero() {
        Schedule schedule = new Schedule(2, 2, 10, Shape.COSINE);
        assertThat(schedule.rate(0)).isZero();
        assertThat(schedule.rate(1)).isEqualTo(1);
        assertThat(schedule.rate(2)).isEqualTo(2);
        assertThat(schedule.rate(4)).isCloseTo(1 + Math.sqrt(0.5), ROUNDING);
        assertThat(schedule.rate(6)).isCloseTo(1, ROUNDING);
        assertThat(schedule.rate(10)).isCloseTo(0, ROUNDING);
    }

    @Test
    void aConstantStaysAtItsPeak() {
        Schedule schedule = new Schedule(2, 1, 4, Shape.CONSTANT);
        assertThat(IntStream.range(0, 4).mapToDouble(schedule::rate)).containsExactly(0.0, 2.0, 2.0, 2.0);
    }

    @Test
    void aWarmUpAsAShareIsRoundedUpToAStep() {
        Training shared = TestTraining.with("warmup: 0", "warmupShare: 0.1", "schedule: cosine");
        assertThat(shared.rates(30).warmup()).isEqualTo(3);
        assertThat(shared.rates(31).warmup()).isEqualTo(4);
        assertThat(shared.rates(31).shape()).isEqualTo(Shape.COSINE);
    }

    @Test
    void twoWarmUpsAreRefused() {
        assertThatThrownBy(() -> TestTraining.with("warmupShare: 0.1"))
                .hasMessageContaining("training has warmup 2 and warmupShare 0.1 but one of them says how long");
    }
}
