package org.selgen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.plan.TrainingTimeEstimator.Estimate;
import org.selgen.plan.TrainingTimeEstimator.Task;

class TrainingTimeEstimatorTest {
    private static final Task STANDARD = new Task("standard", "m", 1000, 2e9);
    private static final Task KL = new Task("kl-penalty", "m", 1000, 5e9);

    private static Run run(String method, String model, Status status, long tokens, double seconds) {
        return Run.planned("i", method, "", 0, "n", model, "d", "{}", Recipe.WEIGHTS)
                .withOutcome(status, "", 1, tokens, 1)
                .withTime(seconds, "cpu")
                .withAdapter("a");
    }

    private static TrainingTimeEstimator timing(Run... past) {
        return new TrainingTimeEstimator(List.of(past), () -> 1e9, 512);
    }

    @Test
    void runsOfTheMethodGiveTheirRateOfTokens() {
        TrainingTimeEstimator timing =
                timing(run("standard", "m", Status.FINISHED, 300, 2), run("standard", "m", Status.FINISHED, 100, 2));
        assertThat(timing.of(STANDARD, List.of())).contains(new Estimate(10, "seen, 2 runs"));
    }

    @Test
    void runsThatCountNoTokensGiveTheirMeanTime() {
        TrainingTimeEstimator timing =
                timing(run("safe-lora", "m", Status.FINISHED, 0, 2), run("safe-lora", "m", Status.FINISHED, 0, 4));
        assertThat(timing.of(new Task("safe-lora", "m", 0, 1e9), List.of())).contains(new Estimate(3, "seen, 2 runs"));
    }

    @Test
    void anotherMethodIsScaledByTheOperationsOfTheTwo() {
        TrainingTimeEstimator timing = timing(run("standard", "m", Status.FINISHED, 500, 4));
        assertThat(timing.of(KL, List.of(KL, STANDARD))).contains(new Estimate(20, "scaled, 2.50 x standard"));
    }

    @Test
    void withoutRunsOperationsAreDividedByAShareOfTheRoof() {
        assertThat(timing().of(KL, List.of(KL, STANDARD)))
                .contains(new Estimate(2 + 5e9 / (TrainingTimeEstimator.share(512) * 1e9), "guess, 1 GFLOP/s"));
    }

    /** Shares of a large matrix product that {@code selgen bench} measured, which the guess is to meet within a quarter. */
    @ParameterizedTest
    @CsvSource({"128, 0.27", "256, 0.50", "576, 0.90"})
    void theShareOfARoofGrowsWithTheWidth(int hidden, double measured) {
        assertThat(TrainingTimeEstimator.share(hidden) / measured).isBetween(0.75, 1.25);
    }

    /** Two measurements would differ. */
    @Test
    void theRateOfThisMachineIsMeasuredOnce() {
        assertThat(TrainingTimeEstimator.here()).isPositive().isEqualTo(TrainingTimeEstimator.here());
    }

    @Test
    void runsOfAnotherModelOrThatDidNotFinishTellNothing() {
        TrainingTimeEstimator timing = timing(
                run("kl-penalty", "other", Status.FINISHED, 1, 1), run("kl-penalty", "m", Status.DIVERGED, 1, 1));
        assertThat(timing.of(KL, List.of(KL))).get().extracting(Estimate::by).isEqualTo("guess, 1 GFLOP/s");
    }

    @Test
    void withNothingToGoByThereIsNoEstimate() {
        assertThat(timing().of(new Task("standard", "m", 1000, 0), List.of())).isEmpty();
    }
}
