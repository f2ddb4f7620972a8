package org.selgen.experiment;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.experiment.conf.Nearest;
import org.selgen.lake.Lake;

/** Finds a run of a lake that a person names. */
public final class RunLookup {
    private static final String LIST = "'selgen runs list' lists them";

    private RunLookup() {}

    /**
     * The finished run of this id.
     *
     * @param id the whole id, or its beginning
     * @throws BadInput if no run or several begin so, or the one has not finished; it names the nearest
     */
    public static Run finished(Lake lake, String id) throws IOException {
        Run run = of(lake, id, lake.runs().read());
        if (run.status() != Status.FINISHED) {
            throw new BadInput("run " + named(run) + " has not finished: it " + run.status() + " (" + run.reason()
                    + "); choose one that has: " + LIST);
        }
        return run;
    }

    /**
     * The run of this id, however it ended.
     *
     * @param id the whole id, or its beginning
     * @param rows all runs of the lake
     * @throws BadInput if no run or several begin so; it names the nearest
     */
    static Run of(Lake lake, String id, List<Run> rows) throws IOException {
        List<Run> found = rows.stream().filter(run -> run.id().startsWith(id)).toList();
        if (found.size() > 1) {
            throw new BadInput("run '" + id + "' may be each of "
                    + found.stream().map(RunLookup::named).collect(Collectors.joining(", ")) + "; give more of its id");
        }
        if (found.isEmpty()) {
            throw unknown(lake, id, rows);
        }
        return found.get(0);
    }

    private static BadInput unknown(Lake lake, String id, List<Run> rows) throws IOException {
        if (lake.checkpoints().names().stream().anyMatch(name -> name.startsWith(id))) {
            return new BadInput("run '" + id + "' has not finished: the lake has checkpoints of it but no row;"
                    + " train it to its end by 'selgen train' first");
        }
        String nearest = Nearest.of(id, rows.stream().map(Run::id).toList()).stream()
                .flatMap(name -> rows.stream().filter(run -> run.id().equals(name)))
                .map(run -> "did you mean " + named(run) + "? ")
                .findFirst()
                .orElse("");
        return new BadInput(
                "there is no run '" + id + "' in the lake " + lake.storage().uri() + "; " + nearest
                        + (rows.isEmpty() ? "it has no runs yet: train first, or give another --lake" : LIST));
    }

    /** Id, method, knobs and seed. */
    static String named(Run run) {
        return run.id() + " (" + RunSpec.title(run) + ")";
    }
}
