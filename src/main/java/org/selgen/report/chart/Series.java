package org.selgen.report.chart;

import java.util.List;
import java.util.Optional;
import org.selgen.data.Interval;

/**
 * What a chart says of one setting.
 *
 * @param name of the setting
 * @param method whose colour and marker it has
 * @param cells one for each panel; nothing where the setting has no value there
 */
public record Series(String name, String method, List<Optional<Cell>> cells) {
    /**
     * One value.
     *
     * @param value the mean
     * @param wide interval over seeds and questions
     * @param narrow interval over questions alone
     */
    public record Cell(double value, Optional<Interval> wide, Optional<Interval> narrow) {
        double low() {
            return wide.or(() -> narrow).map(Interval::low).orElse(value);
        }

        double high() {
            return wide.or(() -> narrow).map(Interval::high).orElse(value);
        }
    }

    public Series {
        cells = List.copyOf(cells);
    }
}
