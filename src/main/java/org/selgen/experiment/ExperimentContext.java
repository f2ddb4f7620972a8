package org.selgen.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.experiment.conf.Yaml;
import org.selgen.file.Fingerprint;
import org.selgen.hub.ModelId;
import org.selgen.hub.ModelLocator;
import org.selgen.lake.Lake;
import org.selgen.lake.TableFile;
import org.selgen.lm.LanguageModel;
import org.selgen.method.Artefact;
import org.selgen.source.row.TableReader;

/**
 * An experiment, the lake that keeps what it makes, and what the names in its file mean.
 *
 * @param experiment the experiment
 * @param lake where it is kept
 * @param catalog datasets, judges and models by name
 */
public record ExperimentContext(Experiment experiment, Lake lake, Catalog catalog) {
    /** What stands behind the base model's folder name in that of its unaligned sibling. */
    public static final String UNALIGNED = "-unaligned";

    /**
     * Reads the file of an experiment, and the conf files around it.
     *
     * @param settings each {@code path.to.key=value}, which replaces what the file says
     * @throws BadInput if a name or a value cannot be used
     */
    public static ExperimentContext open(Lake lake, Path file, List<String> settings) throws IOException {
        JsonNode tree = Yaml.tree(file, settings);
        readTemplate(tree.path("chat"), file.toAbsolutePath());
        Experiment experiment = Yaml.bind(tree, Experiment.class, file, settings);
        Catalog catalog = Catalog.read(ConfFolders.around(file), lake.models());
        experiment.names().forEach((key, names) -> catalog.known(Yaml.origin(file, settings, key), names));
        catalog.judges().known(Yaml.origin(file, settings, "judges"), experiment.judges());
        Axes.check(experiment, catalog.judges());
        return new ExperimentContext(experiment, lake, catalog);
    }

    /** Puts the text of a chat template in the place of its file's path, which begins at the experiment's folder. */
    private static void readTemplate(JsonNode chat, Path experiment) {
        String given = chat.path("template").asText("");
        if (chat instanceof ObjectNode written && !given.isBlank() && !ChatSettings.isTemplate(given)) {
            written.put("template", ChatSettings.read(given, experiment.resolveSibling("")));
        }
    }

    /** The same for a part of the experiment. */
    public ExperimentContext with(Experiment part) {
        return new ExperimentContext(part, lake, catalog);
    }

    public JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
    }

    /** Reads tables by Spark, which starts only then. */
    public TableReader tables() {
        return path -> TableFile.rows(lake.spark(), path, TableReader.DAMAGED);
    }

    /** Folder of the base model on this machine. */
    public Path model() throws IOException {
        Optional<Path> copy = lake.localModel(experiment.model());
        return copy.isPresent() ? copy.get() : catalog.models().find(experiment.model());
    }

    /** The same if it is here; empty where it would be fetched from the Hub, which is not asked. */
    public Optional<Path> modelHere() throws IOException {
        Optional<Path> copy = lake.localModel(experiment.model());
        return copy.isPresent() ? copy : catalog.models().here(experiment.model());
    }

    /** What describes the base model if that is here, with weights or without. */
    public Optional<Path> modelDescribed() throws IOException {
        Optional<Path> here = modelHere();
        return here.isPresent() ? here : catalog.models().described(experiment.model());
    }

    /**
     * Checks that the base model can be opened and asked, and that the adapters of the experiment fit it; reads no weights.
     *
     * @throws BadInput if not
     */
    public void check(Path model) {
        LanguageModel.ModelFit fit = LanguageModel.check(model, experiment.chat(), experiment.lora());
        experiment.trained().forEach(method -> method.check(fit));
        external().check(model);
    }

    /** What other tools have made. */
    public ExternalFolders external() {
        return new ExternalFolders(experiment, catalog);
    }

    /** Where executors find the base model; its unaligned sibling, if it has one, lies beside it. */
    public String sharedModel() throws IOException {
        Path folder = model();
        Path sibling = Path.of(folder + UNALIGNED);
        if (Files.isDirectory(sibling)) {
            lake.shared(sibling);
        }
        return SharedModel.of(lake, folder);
    }

    /** All runs of the experiment on its data as prepared. */
    public RunMatrix matrix() throws IOException {
        return matrix(
                ExperimentRows.hashes(experiment, hashes(experiment.trainingSets()), hashes(experiment.startSets())));
    }

    private List<String> hashes(List<String> sets) throws IOException {
        List<String> hashes = new ArrayList<>();
        for (String set : sets) {
            Optional<String> hash = lake.examples().hash(set);
            hashes.add(hash.orElseThrow(() -> new BadInput("dataset '" + set + "' is not prepared in "
                    + lake.storage().uri() + "; run 'selgen prepare' first")));
        }
        return hashes;
    }

    /** All runs of the experiment on training rows of these hashes. */
    public RunMatrix matrix(RunMatrix.Hashes hashes) throws IOException {
        boolean unaligned =
                experiment.trained().stream().anyMatch(method -> method.needs().contains(Artefact.UNALIGNED_BASE));
        return new RunMatrix(
                experiment,
                new RunMatrix.Models(
                        Fingerprint.ofFolder(model()),
                        unaligned ? Fingerprint.ofFolder(unaligned()) : "",
                        external().hashes(),
                        ModelLocator.pinned(model()).map(ModelId::revision).orElse(null)),
                hashes);
    }

    /** Folder of the base model's unaligned sibling. */
    private Path unaligned() throws IOException {
        Path folder = Path.of(model() + UNALIGNED);
        if (!Files.isDirectory(folder)) {
            String methods = experiment.trained().stream()
                    .filter(method -> method.needs().contains(Artefact.UNALIGNED_BASE))
                    .map(method -> MethodText.name(method) + " " + MethodText.knobs(method))
                    .findFirst()
                    .orElse("");
            throw new BadInput(methods + " needs the base model before it was aligned but there is no folder " + folder
                    + "; put the unaligned model there, or give the method other knobs");
        }
        return folder;
    }

    /** The runs without a row, or with one that says it failed. */
    public List<RunSpec> missing() throws IOException {
        Set<String> there = lake.runs().read().stream()
                .filter(run -> run.status() != Status.FAILED)
                .map(Run::id)
                .collect(Collectors.toSet());
        return matrix().runs().stream()
                .filter(spec -> !there.contains(spec.run().id()))
                .toList();
    }

    /** The experiment's runs that have a row. */
    public List<Run> runs() throws IOException {
        Map<String, Run> rows = lake.runs().read().stream().collect(Collectors.toMap(Run::id, run -> run));
        return matrix().runs().stream()
                .map(spec -> spec.run().id())
                .filter(rows::containsKey)
                .map(rows::get)
                .toList();
    }

    /** Those of them whose weights there are. */
    public List<Run> finished() throws IOException {
        return runs().stream().filter(run -> run.status() == Status.FINISHED).toList();
    }

    /** Questions of the experiment by dataset and id. */
    public LinkedHashMap<List<String>, Question> questions() throws IOException {
        LinkedHashMap<List<String>, Question> questions = new LinkedHashMap<>();
        for (String dataset : experiment.data().questionSets()) {
            lake.questions().read(dataset).forEach(q -> questions.put(List.of(q.dataset(), q.id()), q));
        }
        return questions;
    }

    /** Of rows that have the columns run, dataset, question and decoding, those of this experiment as it is now. */
    public Dataset<Row> own(Dataset<Row> rows) throws IOException {
        List<Row> runs = matrix().runs().stream()
                .map(spec -> RowFactory.create(spec.run().id()))
                .toList();
        StructType key = new StructType().add("run", DataTypes.StringType);
        return own(rows, "left_semi")
                .join(functions.broadcast(lake.spark().createDataFrame(runs, key)), key.fieldNames(), "left_semi");
    }

    /** The same of any run, with the place of the question among {@link #questions} as the column {@code asked}. */
    public Dataset<Row> asked(Dataset<Row> rows) throws IOException {
        return own(rows, "inner");
    }

    private Dataset<Row> own(Dataset<Row> rows, String kind) throws IOException {
        List<Row> own = new ArrayList<>();
        questions().keySet().forEach(key -> own.add(RowFactory.create(key.get(0), key.get(1), own.size())));
        StructType keys = new StructType().add("dataset", DataTypes.StringType).add("question", DataTypes.StringType);
        Dataset<Row> questions = lake.spark().createDataFrame(own, keys.add("asked", DataTypes.IntegerType));
        return rows.where(functions.col("decoding").isin(experiment.decodings()))
                .join(functions.broadcast(questions), keys.fieldNames(), kind);
    }
}
