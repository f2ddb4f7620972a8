package org.selgen.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.selgen.data.Run;
import org.selgen.score.Seeds;

/**
 * What settings are called where others stand beside them: the method, and of its knobs those in which the settings of the
 * method differ.
 *
 * @param standings all that are shown together
 */
public record Marks(Collection<SettingSummary> standings) {
    /** Of one of them; with a sign where it is degenerate. */
    public String of(SettingSummary standing) {
        return name(standing) + (standing.degenerate() ? " " + Footnotes.DEGENERATE_SIGN : "");
    }

    private String name(SettingSummary standing) {
        String method = standing.setting().method();
        if (method.equals(Run.EXTERNAL)) {
            return standing.setting().knobs().replaceFirst("^name=", "");
        }
        String knobs = knobs(
                standing.setting(),
                standings.stream().map(SettingSummary::setting).toList());
        return knobs.isEmpty() ? method : method + " " + knobs;
    }

    /** The knobs of a setting in which the settings of its method differ, with blanks between. */
    static String knobs(Seeds.Setting setting, Collection<Seeds.Setting> shown) {
        List<Set<String>> siblings = shown.stream()
                .filter(other -> other.method().equals(setting.method()))
                .map(other -> Set.copyOf(knobs(other)))
                .toList();
        return knobs(setting).stream()
                .filter(knob -> !siblings.stream().allMatch(other -> other.contains(knob)))
                .collect(Collectors.joining(" "));
    }

    private static List<String> knobs(Seeds.Setting setting) {
        return setting.knobs().isEmpty()
                ? List.of()
                : Arrays.asList(setting.knobs().split(",", -1));
    }
}
