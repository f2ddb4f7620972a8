package org.selgen.report.page;

import java.util.List;
import java.util.Map;

/**
 * A table of the page.
 *
 * @param title of it
 * @param note what is to be known of it; may be empty
 * @param columns their titles, units in brackets
 * @param rows numbers and texts; null where there is nothing
 */
public record PageTable(String title, String note, List<String> columns, List<? extends List<?>> rows) {
    /** Names with what they stand for. */
    public static PageTable of(String title, String note, Map<String, ?> facts) {
        return new PageTable(
                title,
                note,
                List.of("", "value"),
                facts.entrySet().stream()
                        .map(fact -> List.of(fact.getKey(), fact.getValue()))
                        .toList());
    }
}
