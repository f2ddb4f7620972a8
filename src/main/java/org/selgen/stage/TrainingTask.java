package org.selgen.stage;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.selgen.cluster.TaskWork;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Failure;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.RunSpec;
import org.selgen.experiment.TrainingSpec;
import org.selgen.method.Artefact;
import org.selgen.method.Method;
import org.selgen.method.ProxyFindings;
import org.selgen.train.Checkpointing;

/** What a task does for one training. A full disk is told as one, with the machine. */
record TrainingTask(
        Engine engine,
        Experiment experiment,
        TrainingJob.Places places,
        Broadcast<List<Example>> task,
        Broadcast<List<Example>> proxy,
        Broadcast<List<Example>> start,
        Broadcast<TrainingJob.HeldOutRows> heldOut)
        implements TaskWork<TrainingTask.ScheduledTraining, TrainingOutcome> {
    /**
     * One training and the runs that it leaves, by epoch; an artefact leaves none.
     *
     * @param checkpoint the experiment's, or with less memory
     */
    record ScheduledTraining(TrainingSpec spec, List<RunSpec.Trained> runs, Checkpointing checkpoint)
            implements Serializable {
        /** As it is tried again after too little memory. */
        ScheduledTraining smaller() {
            return new ScheduledTraining(spec, runs, checkpoint.ofActivations());
        }

        String title() {
            return runs.isEmpty() ? spec.title() : runs.get(runs.size() - 1).title();
        }

        /** Of its last run, or else its own. */
        String id() {
            return runs.isEmpty() ? spec.id() : runs.get(runs.size() - 1).run().id();
        }

        /** What it leaves when it has failed. */
        TrainingOutcome failed(String why) {
            return new TrainingOutcome(spec.id(), Status.FAILED, why, ended(Status.FAILED, why), List.of());
        }

        /** Runs that never begin, or that failed. */
        List<Run> ended(Status status, String why) {
            return runs.stream().map(run -> run.run().ended(status, why)).toList();
        }
    }

    @Override
    public TrainingOutcome apply(ScheduledTraining item) throws IOException {
        return RunLog.of(item.id(), "training " + item.title(), () -> trained(item));
    }

    private TrainingOutcome trained(ScheduledTraining item) throws IOException {
        TrainingJob job = job(item);
        int steps = item.spec().measures()
                ? 0
                : job.lastEpoch()
                        * item.spec().training().stepsOfAnEpoch(job.rows().size());
        try {
            return engine.train(job, new TrainProgress(item.title(), steps));
        } catch (IOException | RuntimeException | FSError e) {
            Optional<String> full = Failure.fullDisk(e);
            if (full.isPresent()) {
                throw new BadInput(
                        "training " + item.title() + " on "
                                + SparkEnv.get().blockManager().blockManagerId().host() + ": " + full.get(),
                        e);
            }
            throw e;
        }
    }

    /** What was found of the proxy rows before, where the method's rows depend on it. */
    private ProxyFindings found(TrainingSpec spec) throws IOException {
        for (Map.Entry<Artefact, String> need : spec.needs().entrySet()) {
            if (need.getKey().found()) {
                Path folder = places.artefacts().at(need.getValue()).localCopy("");
                return FindingsFile.read(folder, spec.modelHash(), proxy.value().size());
            }
        }
        return ProxyFindings.NONE;
    }

    private TrainingJob job(ScheduledTraining item) throws IOException {
        Method method = item.spec().method();
        ProxyFindings found = found(item.spec());
        List<Example> rows = switch (item.spec().rows()) {
            case TASK -> method.taught(task.value(), proxy.value(), found);
            case PROXY, ANSWERS, CHOSEN, ASKED -> proxy.value();
            case REJECTED -> proxy.value().stream().map(Example::misbehaving).toList();
            case START -> start.value();
        };
        // the standard method, by which the previous stage is trained, does not look at proxy rows: any will do
        List<Example> beside = switch (item.spec().rows()) {
            case TASK -> method.beside(proxy.value(), found);
            case START -> start.value();
            case PROXY, REJECTED, ANSWERS, CHOSEN, ASKED -> proxy.value();
        };
        TrainingJob.HeldOutRows evaluated =
                item.spec().rows() == TrainingSpec.RowSet.TASK ? heldOut.value() : TrainingJob.HeldOutRows.NONE;
        return new TrainingJob(
                experiment, item.spec(), item.runs(), item.checkpoint(), places, rows, beside, evaluated);
    }
}
