package org.selgen.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.conf.Binder;
import org.selgen.experiment.conf.Yaml;
import org.selgen.file.Fingerprint;
import org.selgen.hub.ModelLocator;
import org.selgen.lake.Lake;
import org.selgen.method.SafeLora;
import org.selgen.source.ProxySize;
import org.selgen.source.Source;
import org.selgen.stage.Engine;

/**
 * What a job works with.
 *
 * @param lake where everything is kept
 * @param experiment what to do
 * @param yaml the experiment as text, every setting applied
 * @param datasets the sources by name
 * @param shipped folder of the models that ship with the project
 * @param graders the judges by name
 * @param engine what tasks do
 * @param out where to tell how it goes
 */
public record ExperimentContext(
        Lake lake,
        Experiment experiment,
        String yaml,
        Map<String, Source> datasets,
        Path shipped,
        ConfiguredJudges graders,
        Engine engine,
        PrintWriter out) {

    public static ExperimentContext open(Lake lake, Path file, List<String> settings, Engine engine, PrintWriter out)
            throws IOException {
        JsonNode tree = Yaml.tree(file, settings);
        Experiment experiment = Yaml.bind(tree, Experiment.class, file.toString());
        Path datasets = file.toAbsolutePath().resolveSibling("../datasets.yaml").normalize();
        Path shipped = file.toAbsolutePath().resolveSibling("../../data-lake/models");
        ConfiguredJudges graders =
                ConfiguredJudges.read(datasets.resolveSibling(""), lake.root().resolve("models"));
        for (String judge : experiment.judges()) {
            graders.known(judge); // an unknown one stops here
        }
        Axes.check(experiment, graders);
        return new ExperimentContext(
                lake, experiment, tree.toString(), Yaml.readMap(datasets, Source.class), shipped, graders, engine, out);
    }

    /** The same bench for a part of the experiment. */
    public ExperimentContext with(Experiment part, String text) {
        return new ExperimentContext(lake, part, text, datasets, shipped, graders, engine, out);
    }

    public JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
    }

    public void say(String line) {
        out.println(line);
        out.flush();
    }

    public Source source(String dataset) {
        Source source = datasets.get(dataset);
        if (source == null) {
            throw Binder.unknown("datasets.yaml", "dataset", dataset, List.copyOf(datasets.keySet()));
        }
        return source;
    }

    /** Folder of the base model: in the lake, shipped with the project, or a path of its own. */
    public Path model() throws IOException {
        Optional<Path> fetched = lake.fetchedModel(experiment.model());
        return fetched.isPresent()
                ? fetched.get()
                : ModelLocator.find(lake.root().resolve("models"), shipped, experiment.model());
    }

    /** Where executors find the base model; its unaligned sibling, if it has one, lies beside it. */
    public String sharedModel() throws IOException {
        Path folder = model();
        Path sibling = Path.of(folder + RunSpec.UNALIGNED);
        if (Files.isDirectory(sibling)) {
            lake.shared(sibling);
        }
        return lake.shared(folder).uri();
    }

    /** All runs of the experiment on its data as prepared. */
    public List<RunSpec> orders() throws IOException {
        String data =
                ExperimentRows.hash(hashes(trainingSets()), experiment.data().proxySize());
        List<String> start = startSets();
        return orders(new RunMatrix.Hashes(
                data, start.isEmpty() ? "" : ExperimentRows.hash(hashes(start), new ProxySize.All())));
    }

    private List<String> hashes(List<String> sets) throws IOException {
        List<String> hashes = new ArrayList<>();
        for (String set : sets) {
            Optional<String> hash = lake.examples().hash(set);
            hashes.add(hash.orElseThrow(() -> new BadInput(
                    "dataset '" + set + "' is not prepared in " + lake.root() + "; run 'selgen prepare' first")));
        }
        return hashes;
    }

    /** All runs of the experiment on training rows of these hashes. */
    public List<RunSpec> orders(RunMatrix.Hashes hashes) throws IOException {
        boolean asks = experiment.methods().stream()
                .anyMatch(m -> m instanceof SafeLora safe && safe.plane() == SafeLora.Plane.UNALIGNED_BASE);
        RunMatrix.Models models =
                new RunMatrix.Models(Fingerprint.ofFolder(model()), asks ? Fingerprint.ofFolder(unaligned()) : "");
        return RunSpec.of(experiment, yaml, models, hashes);
    }

    /** Folder of the base model's unaligned sibling. */
    private Path unaligned() throws IOException {
        Path folder = Path.of(model() + RunSpec.UNALIGNED);
        if (!Files.isDirectory(folder)) {
            throw new BadInput("safe-lora.plane is unaligned-base but there is no folder " + folder
                    + "; put the unaligned model there, or choose plane: proxy-adapter");
        }
        return folder;
    }

    /** The experiment's runs that have a row. */
    public List<Run> runs() throws IOException {
        Map<String, Run> runs = lake.runs().read().stream().collect(Collectors.toMap(Run::id, run -> run));
        return orders().stream()
                .map(order -> order.run().id())
                .filter(runs::containsKey)
                .map(runs::get)
                .toList();
    }

    /** Those of them whose weights there are. */
    public List<Run> finished() throws IOException {
        return runs().stream().filter(run -> run.status().equals(Run.FINISHED)).toList();
    }

    /** Questions of the experiment by dataset and id. */
    public LinkedHashMap<List<String>, Question> questions() throws IOException {
        LinkedHashMap<List<String>, Question> questions = new LinkedHashMap<>();
        for (String dataset : experiment.data().questions()) {
            lake.questions().read(dataset).forEach(q -> questions.put(List.of(q.dataset(), q.id()), q));
        }
        return questions;
    }

    /** Of rows that have the columns run, dataset, question and decoding, those of this experiment as it is now. */
    public Dataset<Row> ofExperiment(Dataset<Row> rows) throws IOException {
        List<Row> asked = questions().keySet().stream()
                .map(key -> RowFactory.create(key.get(0), key.get(1)))
                .toList();
        StructType keys = new StructType().add("dataset", DataTypes.StringType).add("question", DataTypes.StringType);
        Object[] runs = orders().stream().map(order -> order.run().id()).toArray();
        return rows.where(functions.col("run").isin(runs))
                .where(functions.col("decoding").isin(experiment.decodings()))
                .join(functions.broadcast(lake.spark().createDataFrame(asked, keys)), keys.fieldNames(), "left_semi");
    }

    /** Folder of a run's adapter; empty for the base model. */
    public String adapter(Run run) {
        return run.adapter().isEmpty() ? "" : lake.depot().at(run.adapter()).uri();
    }

    public List<Example> task() throws IOException {
        return rows(experiment.data().task(), "task");
    }

    /** The proxy rows to train on beside so many task rows. */
    public List<Example> proxy(int task) throws IOException {
        return ExperimentRows.sized(
                rows(experiment.data().proxy(), "proxy"),
                task,
                experiment.data().proxySize());
    }

    /** Rows of the stage before; none where there is none. */
    public List<Example> start() throws IOException {
        return experiment.start() == null ? List.of() : rows(experiment.start().data(), RunSpec.START);
    }

    private List<Example> rows(List<String> datasets, String split) throws IOException {
        List<Example> rows = new ArrayList<>();
        for (String dataset : datasets) {
            rows.addAll(lake.examples().read(set(dataset, split)));
        }
        return rows;
    }

    /** Names of the prepared training sets, task first. */
    List<String> trainingSets() {
        List<String> sets = new ArrayList<>();
        experiment.data().task().forEach(dataset -> sets.add(set(dataset, "task")));
        experiment.data().proxy().forEach(dataset -> sets.add(set(dataset, "proxy")));
        return sets;
    }

    /** Names of the prepared sets of the stage before. */
    List<String> startSets() {
        return experiment.start() == null
                ? List.of()
                : experiment.start().data().stream()
                        .map(dataset -> set(dataset, RunSpec.START))
                        .toList();
    }

    /** Name under which a dataset's rows of one split are kept. */
    public static String set(String dataset, String split) {
        return dataset + "." + split;
    }
}
