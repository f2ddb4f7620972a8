package org.selgen.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.selgen.data.Example;
import org.selgen.data.KebabCase;
import org.selgen.data.Question;
import org.selgen.file.Fingerprint;
import org.selgen.lake.Lake;
import org.selgen.overlap.Leaks.Prompts;
import org.selgen.source.ProxySize;
import org.selgen.source.RowValidator;

/**
 * All rows of an experiment, fresh from their sources and checked.
 *
 * @param training by name of the prepared set: task, proxy, then those of the stage before
 * @param startSets names of the last ones
 * @param questions by name of the dataset
 */
public record ExperimentRows(
        Map<String, List<Example>> training, List<String> startSets, Map<String, List<Question>> questions) {

    private static final long SEED_OF_SIZE = 0;

    public static ExperimentRows of(ExperimentContext bench) {
        Map<String, List<Example>> training = new LinkedHashMap<>();
        for (String dataset : bench.experiment().data().task()) {
            training.put(ExperimentContext.set(dataset, "task"), examples(bench, dataset, "task"));
        }
        for (String dataset : bench.experiment().data().proxy()) {
            training.put(ExperimentContext.set(dataset, "proxy"), examples(bench, dataset, "proxy"));
        }
        if (bench.experiment().start() != null) {
            for (String dataset : bench.experiment().start().data()) {
                training.put(ExperimentContext.set(dataset, RunSpec.START), examples(bench, dataset, RunSpec.START));
            }
        }
        Map<String, List<Question>> questions = new LinkedHashMap<>();
        for (String dataset : bench.experiment().data().questions()) {
            questions.put(
                    dataset,
                    RowValidator.questions(dataset, bench.source(dataset).questions(dataset)));
        }
        return new ExperimentRows(training, bench.startSets(), questions);
    }

    /** The rows that the lake has. */
    public static ExperimentRows prepared(ExperimentContext bench) throws IOException {
        Map<String, List<Example>> training = new LinkedHashMap<>();
        List<String> sets = new ArrayList<>(bench.trainingSets());
        sets.addAll(bench.startSets());
        for (String set : sets) {
            training.put(set, bench.lake().examples().read(set));
        }
        Map<String, List<Question>> questions = new LinkedHashMap<>();
        for (String dataset : bench.experiment().data().questions()) {
            questions.put(dataset, bench.lake().questions().read(dataset));
        }
        return new ExperimentRows(training, bench.startSets(), questions);
    }

    /** Hash of all training rows and of how many proxy rows are taken: a part of what decides a run's weights. */
    static String hash(List<String> hashesOfSets, ProxySize size) {
        if (size instanceof ProxySize.All) {
            return Fingerprint.of(hashesOfSets);
        }
        String taken = KebabCase.of(size.getClass()) + " " + Fingerprint.json(size) + " " + SEED_OF_SIZE;
        return Fingerprint.of(
                Stream.concat(hashesOfSets.stream(), Stream.of(taken)).toList());
    }

    /** Hashes that the training rows will have once they are kept. */
    public RunMatrix.Hashes hash(ProxySize size) {
        List<String> data = new ArrayList<>();
        List<String> start = new ArrayList<>();
        training.forEach((name, rows) -> (startSets.contains(name) ? start : data).add(Fingerprint.of(rows)));
        return new RunMatrix.Hashes(hash(data, size), start.isEmpty() ? "" : hash(start, new ProxySize.All()));
    }

    /** The proxy rows to train on: as many as asked for, the same for every run. */
    public static List<Example> sized(List<Example> proxy, int task, ProxySize size) {
        return size.of(proxy, task, SEED_OF_SIZE);
    }

    /** Training rows of one split, as prepared. */
    public List<Example> rows(List<String> datasets, String split) {
        return datasets.stream()
                .flatMap(dataset -> training.getOrDefault(ExperimentContext.set(dataset, split), List.of()).stream())
                .toList();
    }

    /** Hash of everything. */
    public String fingerprint() {
        return Fingerprint.of(List.of(training, questions));
    }

    public List<Prompts> prompts() {
        List<Prompts> prompts = new ArrayList<>();
        training.forEach((name, rows) -> prompts.add(Prompts.of(
                name,
                true,
                rows.stream().map(Example::id).toList(),
                rows.stream().map(Example::prompt).toList())));
        questions.forEach((name, rows) -> prompts.add(Prompts.of(
                name,
                false,
                rows.stream().map(Question::id).toList(),
                rows.stream().map(Question::prompt).toList())));
        return prompts;
    }

    public void put(Lake lake) throws IOException {
        for (var set : training.entrySet()) {
            lake.examples().put(set.getKey(), set.getValue());
        }
        for (var set : questions.entrySet()) {
            lake.questions().put(set.getKey(), set.getValue());
        }
    }

    /** Whether the lake holds these very rows under their names. */
    public Map<String, Boolean> kept(Lake lake) throws IOException {
        Map<String, Boolean> kept = new LinkedHashMap<>();
        for (var set : training.entrySet()) {
            kept.put(set.getKey(), lake.examples().holds(set.getKey(), set.getValue()));
        }
        for (var set : questions.entrySet()) {
            kept.put(set.getKey(), lake.questions().holds(set.getKey(), set.getValue()));
        }
        return kept;
    }

    private static List<Example> examples(ExperimentContext bench, String dataset, String split) {
        return RowValidator.examples(dataset, bench.source(dataset).examples(dataset, split));
    }
}
