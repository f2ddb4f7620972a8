package org.selgen.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.selgen.data.Example;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/**
 * Rows of a prompt with a better and a worse answer, in order. Rows with the same prompt are one group, named by the
 * first of them, so that no prompt is both trained on and evaluated.
 */
record Preferences(List<Preference> pairs) {

    /** One row. */
    record Preference(String id, List<Message> prompt, String better, String worse) {}

    private record PreferenceRow(Preference pair, String group) {}

    /** The rows of {@code share} of the prompts, drawn with {@code seed}. */
    List<Example> training(String dataset, String split, String label, double share, long seed) {
        return parts(share, seed).first().stream()
                .map(row -> new Example(
                        row.pair.id,
                        dataset,
                        split,
                        label,
                        row.group,
                        Variant.CHAT,
                        row.pair.prompt,
                        row.pair.better,
                        row.pair.worse))
                .toList();
    }

    /** The other rows, as questions without a bare right answer; of the rows with the same prompt only the first. */
    List<Question> evaluation(String dataset, String label, double share, long seed) {
        return parts(share, seed).second().stream()
                .filter(row -> row.pair.id.equals(row.group))
                .map(row -> new Question(
                        row.pair.id,
                        dataset,
                        label,
                        row.group,
                        Variant.CHAT,
                        row.pair.prompt,
                        "",
                        null,
                        row.pair.better,
                        row.pair.worse))
                .toList();
    }

    private Split.Parts<PreferenceRow> parts(double share, long seed) {
        Map<List<Message>, String> groups = new HashMap<>();
        List<PreferenceRow> rows = pairs.stream()
                .map(pair -> new PreferenceRow(pair, groups.computeIfAbsent(pair.prompt, p -> pair.id)))
                .toList();
        return new Split(share, seed).of(rows, PreferenceRow::group);
    }
}
