package org.selgen.stage.share;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.selgen.experiment.ConfFolders;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.JudgeConfig;
import org.selgen.file.Fingerprint;
import org.selgen.file.JsonFile;

/**
 * What the names in an experiment mean: files by their place beside {@code conf/experiment.yaml}, where selgen finds them. Rows
 * that somebody keeps outside of conf are not among them: they may be of others.
 *
 * @param files by name in the archive
 * @param missing names of files of rows that are not among them, by dataset
 */
record BundledConf(SortedMap<String, Path> files, SortedMap<String, String> missing) {
    private static final Set<String> ROWS = Set.of("facts", "questions", "preferences"); // of conf, in our own words
    private static final List<String> SOUGHT = List.of("conf/", ""); // the folder of the experiment, and the one above

    static BundledConf of(ExperimentContext context) {
        BundledConf all = new BundledConf(new TreeMap<>(), new TreeMap<>());
        ConfFolders conf = context.catalog().judges().conf();
        names(context).forEach(name -> all.put(name, conf));
        context.experiment().names().values().stream()
                .flatMap(List::stream)
                .forEach(dataset -> path((Record) context.catalog().source(dataset))
                        .ifPresent(file -> all.rows(dataset, file, conf)));
        return all;
    }

    private static List<String> names(ExperimentContext context) {
        Experiment experiment = context.experiment();
        List<String> names = new ArrayList<>(List.of("datasets.yaml", "judges.yaml"));
        experiment.data().families().forEach(name -> names.add("families/" + name + ".yaml"));
        Map.of(
                        "published/",
                        experiment.report().published(),
                        "claims/",
                        experiment.report().claims())
                .forEach((folder, name) -> {
                    if (!name.isEmpty()) {
                        names.add(folder + name + ".yaml");
                    }
                });
        for (String judge : experiment.judges()) {
            if (context.catalog().judges().named().get(judge) instanceof JudgeConfig.Model model) {
                names.add("rubrics/" + model.rubric() + ".yaml");
            }
        }
        return names;
    }

    /** The first that is found goes beside the experiment, another into the folder above, in which names are sought next. */
    private void put(String name, ConfFolders conf) {
        List<Path> found = conf.having(name).toList();
        for (int i = 0; i < found.size(); i++) {
            files.put((i < SOUGHT.size() ? SOUGHT.get(i) : "more-" + i + "/") + name, found.get(i));
        }
    }

    private static Optional<Path> path(Record source) {
        String path = JsonFile.parse(Fingerprint.json(source), "a dataset")
                .path("path")
                .asText();
        return path.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(path).toAbsolutePath().normalize());
    }

    private void rows(String dataset, Path file, ConfFolders conf) {
        Optional<Path> within = conf.folders().stream()
                .filter(file::startsWith)
                .map(folder -> folder.relativize(file))
                .filter(relative -> ROWS.contains(relative.getName(0).toString()))
                .findFirst();
        within.ifPresentOrElse(
                relative -> files.put("conf/" + relative, file),
                () -> missing.put(dataset, file.getFileName().toString()));
    }
}
