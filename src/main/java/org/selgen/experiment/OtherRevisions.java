package org.selgen.experiment;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.selgen.data.Run;
import org.selgen.data.Status;

/** Runs of a lake that were made with another revision of the model that an experiment names. */
public final class OtherRevisions {
    private OtherRevisions() {}

    /** A sentence on them; none where there are none, or the revision changed nothing of the model. */
    public static Optional<String> told(RunMatrix planned, Collection<Run> rows) {
        String model = planned.experiment().model();
        String now = planned.models().revision();
        if (now == null) {
            return Optional.empty();
        }
        List<Run> others = rows.stream()
                .filter(row -> row.model().equals(model) && row.status() == Status.FINISHED)
                .filter(row -> row.revision() != null && !row.revision().equals(now))
                .filter(row -> !row.modelHash().equals(planned.models().base()))
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("another revision: the model '" + model + "' is here at " + now + ", but " + others.size()
                        + " runs of this lake were made with "
                        + others.get(others.size() - 1).revision()
                        + "; they stay, and the experiment's runs are others: to go on with them, give model: "
                        + model.replaceFirst("@.*", "") + "@"
                        + others.get(others.size() - 1).revision());
    }
}
