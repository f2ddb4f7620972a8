package org.selgen.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.lake.Garbage.Folder;

/** One look through a lake for {@link Garbage}. */
public final class GarbageSearch {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");

    /** What {@link Storage#staging} and {@link DatasetStore} call a thing that is not complete. */
    private static final Pattern DRAFT =
            Pattern.compile("_.+-([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{12})");

    private final Lake lake;
    private final RunContents contents;
    private final Instant before;
    private final Map<String, Run> known;
    private final Set<String> needed;
    private final List<Folder> going = new ArrayList<>();
    private final List<Folder> kept = new ArrayList<>();

    private GarbageSearch(Lake lake, Function<Run, List<String>> needs, Instant before) {
        this.lake = lake;
        this.contents = new RunContents(lake);
        this.before = before;
        this.known = lake.runs().read().stream().collect(Collectors.toMap(Run::id, run -> run));
        this.needed = known.values().stream()
                .flatMap(run -> needs.apply(run).stream())
                .collect(Collectors.toSet());
    }

    /**
     * Looks for all of it; deletes nothing.
     *
     * @param needs ids of the adapters that a run began from or was trained against
     * @param before what a stopped training may go on from goes if it was last written before this
     */
    public static Garbage find(Lake lake, Function<Run, List<String>> needs, Instant before) throws IOException {
        return new GarbageSearch(lake, needs, before).find();
    }

    private Garbage find() throws IOException {
        drafts();
        Set<String> artefacts = artefacts();
        Map<String, Map<String, Long>> rows = contents.rows();
        Set<String> gone = new TreeSet<>(); // runs that have rows, but none of their own
        rows.values().forEach(counts -> gone.addAll(counts.keySet()));
        gone.removeAll(known.keySet());
        gone.removeAll(artefacts); // the table tasks tells of their trainings
        adapters(gone);
        checkpoints(gone, artefacts);
        parts();
        journals();
        Map<String, Long> count = new LinkedHashMap<>();
        rows.forEach((table, counts) -> count.put(
                table,
                gone.stream().mapToLong(run -> counts.getOrDefault(run, 0L)).sum()));
        count.values().removeIf(n -> n == 0);
        return new Garbage(going, count, gone, oldVersions(), kept);
    }

    private List<OldVersions> oldVersions() throws IOException {
        List<OldVersions> old = new ArrayList<>();
        for (Table<?> table : Views.deltas(lake)) {
            OldVersions.of(table, Instant.now()).ifPresent(old::add);
        }
        return old;
    }

    private void drafts() throws IOException {
        List<Storage> parents = new ArrayList<>(List.of(
                lake.storage(),
                lake.storage().at(Lake.MODELS),
                lake.adapters(),
                lake.artefacts(),
                lake.checkpoints(),
                lake.examples().folder(),
                lake.questions().folder(),
                lake.comparisons().done(),
                lake.reports()));
        for (String experiment : lake.reports().names()) {
            parents.add(lake.report(experiment));
        }
        for (Storage parent : parents) {
            for (String name : parent.names()) {
                if (DRAFT.matcher(name).matches()) {
                    go(parent.at(name), "a draft of a process that is gone");
                }
            }
        }
    }

    /** Gives those that stay. */
    private Set<String> artefacts() throws IOException {
        Set<String> staying = new HashSet<>();
        for (String id : ids(lake.artefacts())) {
            if (needed.contains(id) || young(lake.artefacts().at(id), "an adapter that no run needs")) {
                staying.add(id);
            }
        }
        return staying;
    }

    private void adapters(Set<String> gone) throws IOException {
        for (String id : ids(lake.adapters())) {
            Storage folder = lake.adapters().at(id);
            if (gone.contains(id)) {
                go(folder, "its run is deleted");
            } else if (!known.containsKey(id)) {
                young(folder, "no run has it");
            }
        }
    }

    private void checkpoints(Set<String> gone, Set<String> artefacts) throws IOException {
        for (String id : ids(lake.checkpoints())) {
            Storage folder = lake.checkpoints().at(id);
            Run run = known.get(id);
            if (gone.contains(id)) {
                go(folder, "its run is deleted");
            } else if (artefacts.contains(id) || (run != null && run.status() != Status.FAILED)) {
                go(folder, "its training has ended");
            } else if (run == null) { // that of a failed one goes on from there
                young(folder, "its training was stopped");
            }
        }
    }

    /** Rows that tasks have written and no commit of their table has: the next command that has the run answer adds them. */
    private void parts() throws IOException {
        Storage tables = lake.storage().at(Parts.FOLDER);
        for (String table : tables.names()) {
            for (String name : tables.at(table).names()) {
                Storage part = tables.at(table).at(name);
                if (!known.containsKey(Parts.run(name))) {
                    go(part, "rows of a run that has no row");
                } else if (!Parts.isComplete(part)) {
                    go(part, "a draft of a task that is gone");
                } else {
                    young(part, "rows that no version of the table " + table + " has");
                }
            }
        }
    }

    /** Of a remote lake they lie on the machine whose command was stopped, which its next one there goes on with. */
    private void journals() throws IOException {
        if (!(lake.storage() instanceof SharedFolder)) {
            return;
        }
        for (Path file : Journal.files(lake)) {
            Storage place =
                    lake.storage().at(Journal.FOLDER).at(file.getFileName().toString());
            try {
                Set<String> of = Journal.runs(file);
                if (!of.isEmpty() && of.stream().noneMatch(known::containsKey)) {
                    go(place, "verdicts on answers of runs that have no row");
                } else {
                    stay(place, "verdicts that were paid for and are not in their table; 'selgen judge' puts them");
                }
            } catch (BadInput e) {
                stay(place, e.getMessage());
            }
        }
    }

    /** Names in a folder that are ids; of others but drafts it is said that they stay. */
    private List<String> ids(Storage parent) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String name : parent.names()) {
            if (ID.matcher(name).matches()) {
                ids.add(name);
            } else if (!DRAFT.matcher(name).matches()) {
                stay(parent.at(name), "its name is no run's");
            }
        }
        return ids;
    }

    private void go(Storage place, String why) throws IOException {
        going.add(new Folder(contents.path(place), why, place.use()));
    }

    private void stay(Storage place, String why) throws IOException {
        kept.add(new Folder(contents.path(place), why, place.use()));
    }

    /** Whether it stays, since a stopped training may go on from it. */
    private boolean young(Storage folder, String why) throws IOException {
        DiskUse use = folder.use();
        boolean young = !use.newest().isBefore(before);
        (young ? kept : going)
                .add(new Folder(
                        contents.path(folder),
                        why + ", last written " + use.newest().truncatedTo(ChronoUnit.SECONDS),
                        use));
        return young;
    }
}
