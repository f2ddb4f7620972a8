package org.selgen.source.form;

import java.util.HashSet;
import java.util.List;
import org.selgen.data.BadInput;

/** Checks of names that a user chooses in conf. */
public final class NameChecks {
    private NameChecks() {}

    /** Refuses a blank name. */
    public static void given(String value, String key) {
        if (value.isBlank()) {
            throw new BadInput(key + " is blank; give it in the run's conf file");
        }
    }

    /** Refuses a name that is not among the known ones. */
    public static void known(String value, List<String> known, String key) {
        if (!known.contains(value)) {
            throw new BadInput(key + " is '" + value + "' but must be one of " + String.join(", ", known)
                    + "; change it in the run's conf file");
        }
    }

    /** Refuses an empty list and repetition; returns a copy. */
    public static <T> List<T> some(List<T> values, String key) {
        if (values.isEmpty()) {
            throw new BadInput(key + " is empty; name at least one in the run's conf file");
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw new BadInput(
                    key + " is " + values + " but must name nothing twice; change it in the run's conf file");
        }
        return List.copyOf(values);
    }
}
