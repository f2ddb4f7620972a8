package org.selgen.source.form;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.selgen.data.BadInput;
import org.selgen.data.KebabCase;
import org.selgen.data.Variant;

/** Checks of names a user chooses in conf. */
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

    /** As {@link #some}; refuses chat, which no question and no proposal is. */
    public static List<Variant> forms(List<Variant> variants, String key) {
        if (variants.contains(Variant.CHAT)) {
            String known = QuestionForm.FORMS.stream().map(KebabCase::of).collect(Collectors.joining(", "));
            throw new BadInput(key + " holds chat but may hold only " + known + "; change it in the run's conf file");
        }
        return some(variants, key);
    }
}
