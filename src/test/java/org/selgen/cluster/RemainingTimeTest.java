package org.selgen.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RemainingTimeTest {
    private static final String TRAIN = "train";

    private long nanos;
    private final RemainingTime remaining = new RemainingTime(() -> nanos);

    private double left() {
        return remaining.seconds().orElseThrow();
    }

    private void after(double seconds) {
        nanos += (long) (seconds * 1e9);
    }

    @Test
    void beforeAnythingIsDoneItIsWhatWasExpected() {
        remaining.expect(TRAIN, "a", 100);
        remaining.expect(TRAIN, "b", 200);
        remaining.expect("generate", "a", 50);
        remaining.begin(TRAIN, "a");
        assertThat(left()).isEqualTo(350);
    }

    @Test
    void theBaseModelThatIsNotTrainedCountsAsNoWork() {
        remaining.expect(TRAIN, "standard", 60);
        remaining.end(TRAIN, "base");
        remaining.begin(TRAIN, "standard");
        after(80); // 12 of 76 steps: six times as slow as expected
        remaining.hear(TRAIN, "standard", 0, 12.0 / 76);
        assertThat(left()).isCloseTo(80 * 64 / 12.0, within(40.0));
    }

    @Test
    void whatAnEarlierAttemptHasDoneWasNotDoneInNoTime() {
        remaining.expect(TRAIN, "resumed", 100);
        remaining.begin(TRAIN, "resumed");
        after(10);
        remaining.hear(TRAIN, "resumed", 0.5, 0.6); // as fast as expected
        assertThat(left()).isCloseTo(40, within(1e-6));
        after(20);
        remaining.hear(TRAIN, "resumed", 0.5, 0.7); // half as fast since then
        assertThat(left()).isCloseTo(30 * 30.5 / 20.5, within(1e-6));
    }

    @Test
    void waitingNeverMakesItClimb() {
        remaining.expect(TRAIN, "a", 100);
        remaining.begin(TRAIN, "a");
        after(10);
        remaining.hear(TRAIN, "a", 0, 0.1);
        double before = left();
        for (int i = 0; i < 300; i++) {
            after(1);
            assertThat(left()).isLessThanOrEqualTo(before);
            before = left();
        }
        assertThat(before).isZero();
    }

    @Test
    void tasksAtOnceShareTheTimeButForTheLongestOfThem() {
        remaining.expect(TRAIN, "a", 100);
        remaining.expect(TRAIN, "b", 100);
        remaining.begin(TRAIN, "a");
        remaining.begin(TRAIN, "b");
        after(50);
        remaining.hear(TRAIN, "a", 0, 0.5);
        remaining.hear(TRAIN, "b", 0, 0.5);
        assertThat(left()).isCloseTo(50, within(0.1));
        remaining.hear(TRAIN, "a", 0, 0.9);
        assertThat(left()).isCloseTo(50 * 101 / 141.0, within(1.0));
    }

    @Test
    void whereNothingWasExpectedItIsKnownOnceSomeIsDone() {
        remaining.expect(TRAIN, "a", Double.NaN);
        remaining.expect(TRAIN, "b", Double.NaN);
        remaining.begin(TRAIN, "a");
        assertThat(remaining.seconds()).isEmpty();
        after(10);
        remaining.hear(TRAIN, "a", 0, 0.5);
        assertThat(left()).isCloseTo(30, within(1e-6));
    }

    @Test
    void whatWillNeverBeIsNotWaitedFor() {
        remaining.expect(TRAIN, "a", 10);
        remaining.expect(TRAIN, "b", 1000);
        remaining.begin(TRAIN, "a");
        remaining.end(TRAIN, "b");
        assertThat(left()).isEqualTo(10);
    }
}
