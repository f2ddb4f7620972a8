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
            throw new BadInput(key + " is blank; give it");
        }
    }

    /** Refuses a name that is not among the known ones. */
    public static void known(String value, List<String> known, String key) {
        if (!known.contains(value)) {
            throw new BadInput(
                    key + " is '" + value + "' but must be one of " + String.join(", ", known) + "; change it");
        }
    }

    /** Refuses an empty list and repetition; returns a copy. */
    public static <T> List<T> some(List<T> values, String key) {
        if (values.isEmpty()) {
            throw new BadInput(key + " is empty; name at least one");
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw new BadInput(key + " is " + values + " but must name nothing twice; change it");
        }
        return List.copyOf(values);
    }
}
