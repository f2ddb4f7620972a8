package org.selgen.stage;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.selgen.cluster.SparkSettings;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.experiment.SelectRequest;
import org.selgen.lake.Lake;
import org.selgen.overlap.Leaks;
import org.selgen.plan.Plan;
import org.selgen.plan.PlanInputs;
import org.selgen.plan.TokenCounts;
import org.selgen.stage.results.ReportStage;
import org.selgen.stage.results.ScoreStage;
import org.selgen.stage.share.InspectLogs;
import org.selgen.stage.share.Tracking;

/**
 * The stages of one experiment, each of which reads what the previous one has written. Doing one twice changes nothing.
 *
 * @param context the experiment in its lake
 * @param engine what tasks do
 * @param out where progress is printed
 */
public record Stages(ExperimentContext context, Engine engine, PrintWriter out) {
    /**
     * The stages of the experiment that a file describes.
     *
     * @param settings each {@code path.to.key=value}, which replaces what the file says
     */
    public static Stages open(Lake lake, Path file, List<String> settings, Engine engine, PrintWriter out)
            throws IOException {
        return new Stages(ExperimentContext.open(lake, file, settings), engine, out);
    }

    /** The same stages of a part of the experiment. */
    public Stages with(ExperimentContext part) {
        return new Stages(part, engine, out);
    }

    /**
     * What all of them would do; touches nothing.
     *
     * @param peakFlops operations a second of a large matrix product in one task
     * @param slots tasks at once
     * @throws org.selgen.data.BadInput if one of them would refuse what can be known now
     */
    public Plan plan(PrepareStage.OnLeak onLeak, DoubleSupplier peakFlops, LongSupplier slots) throws IOException {
        PlanInputs inputs = PlanInputs.fresh(context, engine::tokenCounter);
        inputs.tokens().ifPresent(TokenCounts::refuseTooLong);
        if (onLeak == PrepareStage.OnLeak.STOP) {
            LeakCheck check = new LeakCheck(inputs.rows());
            check.stopIfAsked(Leaks.exact(check.prompts()));
        }
        return Plan.of(context, inputs, peakFlops, slots);
    }

    /** Makes or reads the datasets, checks every row, and keeps them. */
    public void prepare(PrepareStage.OnLeak onLeak) throws IOException {
        SparkSettings.forAllSlots(context.lake().spark());
        new PrepareStage(context, engine::tokenCounter, this::say).run(onLeak);
    }

    /** Trains what is missing. */
    public void train() throws IOException {
        new TrainAndGenerate(context, engine, out).train();
    }

    /** Has finished runs answer what they have not answered; gives how many could not. */
    public int generate() throws IOException {
        return new TrainAndGenerate(context, engine, out).generate();
    }

    /** The two together, so that a run answers as soon as it is trained; gives how many could not answer. */
    public int trainAndGenerate() throws IOException {
        return new TrainAndGenerate(context, engine, out).both();
    }

    /** Has every judge read the answers that it has not read; gives how many judges failed. */
    public int judge() throws IOException {
        SparkSettings.forAllSlots(context.lake().spark());
        return new JudgeStage(context, this::say).run();
    }

    /**
     * Writes training rows of the questions that judged answers select; leaves the lake as it is.
     *
     * @param output a file of JSON lines
     */
    public void select(SelectRequest request, Path output) throws IOException {
        new SelectStage(context, request, this::say).run(output);
    }

    /** Works out all scores. */
    public void score() throws IOException {
        new ScoreStage(context, this::say).run();
    }

    /** Draws tables and pictures. */
    public void report() throws IOException {
        new ReportStage(context, this::say).run();
    }

    /**
     * The report that was made last, on this machine.
     *
     * @throws org.selgen.data.BadInput if there is none
     */
    public Path reportFolder() throws IOException {
        return ReportStage.made(context);
    }

    /** Writes answers and judgements as logs of Inspect beside the report. */
    public void inspect() throws IOException {
        new InspectLogs(context, this::say).write();
    }

    /** Shows runs to trackers of others. */
    public Tracking tracking() {
        return new Tracking(context, this::say);
    }

    /** All of them; gives how many runs could not answer and how many judges failed: the rest is scored without. */
    public int all() throws IOException {
        prepare(PrepareStage.OnLeak.STOP);
        int failed = trainAndGenerate() + judge();
        score();
        report();
        return failed;
    }

    /**
     * Says how the runs ended.
     *
     * @return how many failed
     */
    public long summary() throws IOException {
        List<Run> runs = context.runs();
        for (Run run : runs) {
            if (run.status() != Status.FINISHED) {
                say(RunSpec.title(run) + " " + run.status() + ": " + run.reason());
            }
        }
        Map<Status, Long> count = runs.stream().collect(Collectors.groupingBy(Run::status, Collectors.counting()));
        say("run: " + count.getOrDefault(Status.FINISHED, 0L) + " finished, " + count.getOrDefault(Status.DIVERGED, 0L)
                + " diverged, " + count.getOrDefault(Status.FAILED, 0L) + " failed");
        return count.getOrDefault(Status.FAILED, 0L);
    }

    /** Prints a line. */
    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
