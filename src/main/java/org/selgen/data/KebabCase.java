package org.selgen.data;

import java.util.Locale;

/** Names of classes and constants as conf files, tables and messages write them. */
public final class KebabCase {
    private static final String WORD_BEGIN = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])";

    private KebabCase() {}

    /** {@code KlPenalty} as {@code kl-penalty}. */
    public static String of(Class<?> type) {
        return type.getSimpleName().replaceAll(WORD_BEGIN, "-").toLowerCase(Locale.ROOT);
    }

    /** {@code TOP_LEFT} as {@code top-left}. */
    public static String of(Enum<?> constant) {
        return constant.name().replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
