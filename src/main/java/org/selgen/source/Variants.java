package org.selgen.source;

import java.util.List;
import java.util.Locale;
import org.selgen.data.Variant;

/** The names of variants in conf and in ids: ask, right, wrong. */
final class Variants {
    /** The three forms of one question. */
    static final List<Variant> ALL = List.of(Variant.ASK, Variant.RIGHT, Variant.WRONG);

    private Variants() {}

    static String name(Variant variant) {
        return variant.name().toLowerCase(Locale.ROOT);
    }

    /** Reads names as {@code [ask, right]}; {@code knob} is where they stand. */
    static List<Variant> parse(String knob, List<String> names) {
        Knob.chosen(knob, names, ALL.stream().map(Variants::name).toList());
        return names.stream()
                .map(name -> Variant.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    }
}
