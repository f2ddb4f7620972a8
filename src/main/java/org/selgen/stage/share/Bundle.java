package org.selgen.stage.share;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.selgen.data.KebabCase;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.experiment.Datasets;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.file.Archive;
import org.selgen.file.ByteSize;
import org.selgen.file.Fingerprint;
import org.selgen.lake.Storage;
import org.selgen.report.share.ModelCard;

/**
 * An experiment as one archive, to be published beside a paper:
 * <pre>
 *   README.md          what is here, and how to check it
 *   report/            the page, tables and figures, as the report left them
 *   conf/              the experiment with all settings, and what its names mean, as {@link BundledConf} has it
 *   adapters/RUN/      of each finished run, with a model card
 *   MANIFEST.sha256    a hash of every file
 * </pre>
 * Entries are sorted and have no times: the same experiment gives the same bytes.
 *
 * @param context the experiment
 * @param text what its file says, with all settings
 * @param licence of the adapters, as {@code apache-2.0}; empty where none is given
 * @param out is given lines that say what was done
 */
public record Bundle(ExperimentContext context, String text, String licence, Consumer<String> out) {
    /** What an archive holds under a name. */
    private interface Entry {
        String into(Archive archive, String name) throws IOException;

        static Entry of(Path file) {
            return (archive, name) -> archive.put(name, file);
        }

        static Entry of(String text) {
            return (archive, name) -> archive.put(name, text);
        }
    }

    /**
     * Writes the archive.
     *
     * @throws BadInput if there is no report yet, or the file cannot be written
     */
    public void write(Path target) throws IOException {
        Experiment experiment = context.experiment();
        Storage report = context.lake().report(experiment.name());
        if (!report.exists()) {
            throw new BadInput("experiment '" + experiment.name() + "' has no report in " + report.uri()
                    + "; run 'selgen report' first");
        }
        SortedMap<String, Entry> entries = new TreeMap<>();
        Path work = report.open();
        files(work, "report/", entries);
        BundledConf conf = BundledConf.of(context);
        entries.put("conf/experiment.yaml", Entry.of(text + "\n"));
        conf.files().forEach((name, file) -> entries.put(name, Entry.of(file)));
        int adapters = 0;
        for (Run run : context.finished()) {
            if (!run.adapter().isEmpty()) {
                adapter(run, entries);
                adapters++;
            }
        }
        entries.put("README.md", Entry.of(readme(adapters, conf.missing())));
        Archive.write(target, archive -> fill(archive, experiment.name() + "/", entries));
        report.release(work);
        out.accept("bundle: " + target + " has " + entries.size() + " files and their hashes, " + adapters
                + " adapters among them, " + ByteSize.decimal(Files.size(target)));
    }

    private static void fill(Archive archive, String root, SortedMap<String, Entry> entries) throws IOException {
        StringBuilder manifest = new StringBuilder();
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            String hash = entry.getValue().into(archive, root + entry.getKey());
            manifest.append(hash).append("  ").append(entry.getKey()).append('\n');
        }
        archive.put(root + "MANIFEST.sha256", manifest.toString());
    }

    private static void files(Path folder, String prefix, Map<String, Entry> entries) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                entries.put(prefix + folder.relativize(file).toString().replace('\\', '/'), Entry.of(file));
            }
        }
    }

    private void adapter(Run run, Map<String, Entry> entries) throws IOException {
        String name = (RunSpec.title(run) + " " + run.id()).replaceAll("[^A-Za-z0-9.=-]+", "_");
        String folder = "adapters/" + name + "/";
        files(context.lake().adapter(run).localCopy(""), folder, entries);
        Experiment experiment = context.experiment();
        List<Score> scores = context.lake()
                .scores()
                .read(score -> score.run().equals(run.id())
                        && score.experiment().equals(experiment.name())
                        && score.label().equals(Score.ALL));
        Map<String, String> axes = new TreeMap<>();
        experiment.score().measured().forEach((axis, measured) -> axes.put(axis, measured.words()));
        ModelCard card =
                new ModelCard(experiment.name(), run, RunSpec.title(run), run.model(), data(), axes, scores, licence);
        entries.put(folder + "README.md", Entry.of(card.markdown()));
    }

    /** What each dataset of training is made of. */
    private Map<String, String> data() {
        Datasets data = context.experiment().data();
        Map<String, String> words = new TreeMap<>();
        data.task().forEach(name -> words.put(name, "task rows: " + source(name)));
        data.proxy().forEach(name -> words.put(name, "proxy rows: " + source(name)));
        return words;
    }

    private String source(String dataset) {
        Record source = (Record) context.catalog().source(dataset);
        return KebabCase.of(source.getClass()) + " `" + Fingerprint.json(source) + "`";
    }

    private String readme(int adapters, Map<String, String> missing) {
        String name = context.experiment().name();
        StringBuilder not = new StringBuilder();
        missing.forEach((dataset, file) -> not.append("\nThe rows of `")
                .append(dataset)
                .append("` are not here; put them where `conf/datasets.yaml` has `")
                .append(file)
                .append("`."));
        return """
                # %s

                Made by selgen: capability against alignment of fine-tuning methods. Open `report/index.html` in a browser.

                | | |
                |---|---|
                | `report/` | the page, `tables/` (CSV, JSON, LaTeX), `figures/` (SVG, PNG, PDF), all scores |
                | `conf/` | the experiment with all its settings, and what its names mean |
                | `adapters/` | %d LoRA adapters in the format of PEFT, each with a model card |
                | `MANIFEST.sha256` | a hash of every file: `sha256sum -c MANIFEST.sha256` |

                `selgen run conf/experiment.yaml` makes it again, with the model `%s`.%s
                """.formatted(name, adapters, context.experiment().model(), not);
    }
}
