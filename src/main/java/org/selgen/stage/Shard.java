package org.selgen.stage;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.RunSpec;

/**
 * A part of what one run has to answer: the work of one task. It tells questions by their place among those that executors
 * have.
 *
 * @param run which run
 * @param model folder of the base model
 * @param adapter folder of the run's adapter; empty for the base model
 * @param number of this shard, counted from 1
 * @param of how many shards the run's answers are
 * @param rows each a question's place times the samples of a question, plus the sample
 * @param batch answers made at once, at most
 */
record Shard(Run run, String model, String adapter, int number, int of, int[] rows, int batch) implements Serializable {
    /** Answers that fill a batch; a shard of fewer would waste its device. */
    static final int BATCH = 64;

    /** A task is to take no longer, so that a lost one costs minutes. */
    private static final double SECONDS = 120;

    /**
     * Deals rows to shards evenly: as many for each slot, and none that takes long, but no batch is cut for it.
     *
     * @param seconds all of them are expected to take; NaN where nothing is known
     * @param slots tasks at once
     */
    static List<Shard> of(Run run, String model, String adapter, int[] rows, double seconds, long slots) {
        int batches = (rows.length + BATCH - 1) / BATCH;
        double rounds = Double.isNaN(seconds) ? 1 : Math.max(1, Math.ceil(seconds / SECONDS / slots));
        int count = (int) Math.max(1, Math.min(batches, rounds * slots));
        List<Shard> shards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) rows.length * i / count);
            int to = (int) ((long) rows.length * (i + 1) / count);
            shards.add(new Shard(run, model, adapter, i + 1, count, Arrays.copyOfRange(rows, from, to), BATCH));
        }
        return shards;
    }

    /** Of a run with one shard the run's title. */
    String title() {
        return RunSpec.title(run) + (of == 1 ? "" : " " + number + " of " + of);
    }

    /** Its folder of rows; no other of the run has one that begins with the same row. */
    String part() {
        return run.id() + "-" + rows[0];
    }

    /** The same with half as many answers at once. */
    Shard smaller() {
        return new Shard(run, model, adapter, number, of, rows, Math.max(1, batch / 2));
    }

    /** The same in words. */
    GenerationRequest request(Experiment experiment, List<Question> questions, int samples) {
        List<GenerationRequest.Asked> asked = Arrays.stream(rows)
                .mapToObj(row -> new GenerationRequest.Asked(questions.get(row / samples), row % samples))
                .toList();
        return new GenerationRequest(experiment, run, model, adapter, title(), asked, batch);
    }
}
