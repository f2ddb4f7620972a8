package org.selgen.experiment;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.file.ByteSize;
import org.selgen.lake.Deletion;
import org.selgen.lake.Lake;
import org.selgen.lake.RunContents;
import org.selgen.report.TextTable;

/** The runs of a lake for a person: all of them, one in words, and what deleting some would take away. */
public record RunInventory(Lake lake) {
    private static final List<String> COLUMNS =
            List.of("id", "method", "knobs", "seed", "status", "adapter", "scores", "experiments");

    /** All runs, a row each; {@code experiments} are those that have scored it. */
    public TextTable list() throws IOException {
        Map<String, List<Score>> scores = lake.scores().read().stream().collect(Collectors.groupingBy(Score::run));
        List<List<String>> rows = new ArrayList<>();
        for (Run run : lake.runs().read()) {
            List<Score> own = scores.getOrDefault(run.id(), List.of());
            Set<String> experiments =
                    own.stream().map(Score::experiment).collect(Collectors.toCollection(TreeSet::new));
            rows.add(List.of(
                    run.id(),
                    run.method(),
                    run.knobs(),
                    run.seeded() ? "" + run.seed() : "",
                    run.status().toString(),
                    run.adapter().isEmpty()
                            ? ""
                            : ByteSize.decimal(lake.adapter(run).use().bytes()),
                    "" + own.size(),
                    String.join(" ", experiments)));
        }
        rows.sort((x, y) -> (x.get(1) + " " + x.get(2)).compareTo(y.get(1) + " " + y.get(2)));
        return TextTable.uncut(COLUMNS, rows);
    }

    /**
     * A run's row in words, then what else the lake has of it.
     *
     * @param id the run's id, or its beginning
     */
    public List<String> show(String id) throws IOException {
        List<Run> all = lake.runs().read();
        Run run = RunLookup.of(lake, id, all);
        List<String> lines = new ArrayList<>();
        lines.add(RunLookup.named(run) + " " + run.status() + (run.reason().isEmpty() ? "" : ": " + run.reason()));
        lines.add("on " + run.model() + " (content " + run.modelHash() + "), rows " + run.dataHash() + ", recipe "
                + run.recipeOrFirst());
        if (run.steps() > 0) {
            lines.add(run.steps() + " steps, " + run.tokens() + " tokens in "
                    + Duration.ofSeconds(Math.round(run.seconds())) + " on " + run.device()
                    + (run.host() == null ? "" : " of " + run.host()) + ", loss " + run.loss());
        }
        lines.add("settings " + run.settings());
        Set<String> needed = Set.copyOf(RunNeeds.adapters(run));
        all.stream()
                .filter(other -> needed.contains(other.id()))
                .forEach(other -> lines.add("began from " + RunLookup.named(other)));
        all.stream()
                .filter(other -> RunNeeds.adapters(other).contains(run.id()))
                .forEach(other -> lines.add("is needed by " + RunLookup.named(other)));
        lines.addAll(contents(List.of(run.id())));
        return lines;
    }

    /**
     * The deletion of some runs with all that is theirs.
     *
     * @param ids of runs, or their beginnings
     * @throws BadInput if one is not there, or another run needs it that is not among them
     */
    public Deletion deletion(List<String> ids) throws IOException {
        List<Run> all = lake.runs().read();
        Map<String, Run> going = new LinkedHashMap<>();
        for (String id : ids) {
            Run run = RunLookup.of(lake, id, all);
            going.put(run.id(), run);
        }
        Map<String, List<String>> needing = new TreeMap<>();
        all.stream()
                .filter(other -> !going.containsKey(other.id()))
                .forEach(other -> RunNeeds.adapters(other).stream()
                        .filter(going::containsKey)
                        .forEach(id -> needing.computeIfAbsent(id, key -> new ArrayList<>())
                                .add(RunLookup.named(other))));
        if (!needing.isEmpty()) {
            String id = needing.keySet().iterator().next();
            throw new BadInput("run " + RunLookup.named(going.get(id)) + " is needed by "
                    + String.join(", ", needing.get(id)) + ", made from its adapter; delete those too, or keep it");
        }
        List<String> lines = new ArrayList<>();
        going.values().forEach(run -> lines.add("goes: run " + RunLookup.named(run)));
        contents(going.keySet()).forEach(line -> lines.add("goes: " + line));
        return new RunDeletion(List.copyOf(going.keySet()), lines);
    }

    private record RunDeletion(List<String> runs, List<String> lines) implements Deletion {
        @Override
        public void from(Lake lake) throws IOException {
            new RunContents(lake).delete(runs);
        }
    }

    /** Lines that say what the lake has of some runs: rows by table, and folders. */
    private List<String> contents(Collection<String> runs) throws IOException {
        RunContents contents = new RunContents(lake);
        List<String> lines = new ArrayList<>();
        contents.rows(runs).forEach((table, rows) -> lines.add(rows + " rows of " + table));
        contents.folders(runs).forEach((path, use) -> lines.add(path + ", " + ByteSize.decimal(use.bytes())));
        return lines;
    }
}
