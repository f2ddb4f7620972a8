package org.selgen.stage;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.selgen.cluster.Gpus;
import org.selgen.cluster.ProgressDisplay;
import org.selgen.cluster.TaskLog;
import org.selgen.cluster.TaskScheduler;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.GenerationEndpoint;
import org.selgen.experiment.OlderRecipes;
import org.selgen.experiment.OtherRevisions;
import org.selgen.experiment.RunSpec;
import org.selgen.plan.PlanInputs;
import org.selgen.plan.TaskEstimator;

/** Trains and generates with one scheduler: a run answers as soon as it is trained, while others are trained. */
final class TrainAndGenerate {
    private final ExperimentContext context;
    private final Engine engine;
    private final PrintWriter out;

    /** @param out where progress is printed */
    TrainAndGenerate(ExperimentContext context, Engine engine, PrintWriter out) {
        this.context = context;
        this.engine = engine;
        this.out = out;
    }

    /**
     * Trains what is missing. A run that fails gets a row that says why, and the others go on.
     *
     * @throws BadInput if something is wrong that concerns every run
     */
    void train() throws IOException {
        run(missing(), List.of());
    }

    /**
     * Has the runs answer that there are.
     *
     * @return how many of them could not; the others' answers are kept, and these are asked again the next time
     * @throws BadInput if there is none: of another model, data or setting they are others
     */
    int generate() throws IOException {
        if (context.finished().isEmpty()) {
            throw new BadInput("no run of this experiment has finished in the lake "
                    + context.lake().storage().uri()
                    + "; train first, or undo what has changed in the model, the data or the settings"
                    + " ('selgen plan' shows the runs)");
        }
        return answer(List::of);
    }

    /** Both at once; gives how many runs could not answer. */
    int both() throws IOException {
        return answer(this::missing);
    }

    /** Trains, and has runs answer as they end, or all of them afterwards where a server that has them answers. */
    private int answer(TrainingsToDo trainings) throws IOException {
        GenerationEndpoint generation = context.experiment().generation();
        if (generation == null) {
            return run(trainings.specs(), kinds());
        }
        EndpointAnswers answers = new EndpointAnswers(context, generation, this::say);
        run(trainings.specs(), List.of());
        return answers.run();
    }

    private interface TrainingsToDo {
        List<RunSpec> specs() throws IOException;
    }

    /** What finished runs answer: the questions, and likelihoods of words where the experiment has choices. */
    private List<GenerateStage.AnswerKind<?>> kinds() throws IOException {
        List<GenerateStage.AnswerKind<?>> kinds = new ArrayList<>();
        kinds.add(GenerateStage.answers(context, engine));
        ChoiceScoring.kind(context, engine).ifPresent(kinds::add);
        return kinds;
    }

    private List<RunSpec> missing() throws IOException {
        List<RunSpec> missing = context.missing();
        if (missing.isEmpty()) {
            say("train: nothing is missing");
        }
        List<Run> rows = context.lake().runs().read();
        Function<Run, Optional<Run>> older = OlderRecipes.among(rows);
        OlderRecipes.trainedAgain(missing.stream()
                        .flatMap(spec -> older.apply(spec.run()).stream())
                        .toList())
                .ifPresent(this::say);
        OtherRevisions.told(context.matrix(), rows).ifPresent(this::say);
        return missing;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private int run(List<RunSpec> missing, List<GenerateStage.AnswerKind<?>> kinds) throws IOException {
        try (TaskScheduler scheduler = new TaskScheduler(context.spark(), out);
                TaskLog log = new TaskLog(context.lake().tasks())) {
            List<Run> finished = kinds.isEmpty() ? List.of() : context.finished();
            List<GenerateStage<?>> generating = new ArrayList<>();
            for (GenerateStage.AnswerKind<?> kind : kinds) {
                generating.add(new GenerateStage<>(context, kind, scheduler, log, finished.size() + missing.size()));
            }
            boolean open = finished.stream()
                    .anyMatch(run -> generating.stream().anyMatch(stage -> stage.missing(run.id()).length > 0));
            if (missing.isEmpty() && !open) {
                generating.forEach(stage -> finished.forEach(stage::without));
                return 0;
            }
            TaskEstimator estimator = TaskEstimator.here(context, PlanInputs.prepared(context, engine::tokenCounter));
            OptionalDouble planned = estimator.makespan(
                    spec -> generating.stream()
                            .mapToDouble(stage -> stage.seconds(spec.run(), estimator))
                            .sum(),
                    Gpus.slots(context.spark()));
            List<Run> answering = Stream.concat(
                            finished.stream(), missing.stream().map(RunSpec::run))
                    .toList();
            generating.forEach(stage -> stage.expect(answering, estimator));
            long begun = System.nanoTime();
            if (!missing.isEmpty()) {
                new TrainStage(
                                context,
                                engine,
                                missing,
                                estimator,
                                scheduler,
                                log,
                                runs -> generating.forEach(stage -> stage.add(runs, estimator)))
                        .begin();
            }
            generating.forEach(stage -> stage.add(finished, estimator));
            scheduler.finish();
            report((System.nanoTime() - begun) / 1e9, planned);
            context.lake().deleteUnfinishedAdapters();
            List<String> failures = generating.stream()
                    .flatMap(stage -> stage.failures().stream())
                    .toList();
            failures.forEach(this::say);
            return failures.size();
        }
    }

    private void report(double seconds, OptionalDouble planned) {
        say("all tasks together: " + ProgressDisplay.time(seconds)
                + planned.stream()
                        .mapToObj(each -> ", planned " + ProgressDisplay.time(each))
                        .findFirst()
                        .orElse("")
                + ", with " + Gpus.slots(context.spark()) + " at once");
    }
}
