package org.selgen.experiment;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Default;
import org.selgen.data.KebabCase;
import org.selgen.method.Candidate;
import org.selgen.method.Method;

/** A method as tables and conf files write it. */
public final class MethodText {
    private MethodText() {}

    /** A method's name in conf, as {@code kl-penalty}. */
    public static String name(Candidate method) {
        return KebabCase.of(method.getClass());
    }

    /** A method's knobs as {@code beta=0.3}, joined by commas; those that are absent or at their default are left out. */
    static String knobs(Method method) {
        return Arrays.stream(method.getClass().getRecordComponents())
                .flatMap(knob -> Optional.ofNullable(value(knob, method))
                        .filter(value -> !byDefault(knob, value))
                        .map(value -> knob.getName() + "=" + written(value))
                        .stream())
                .collect(Collectors.joining(","));
    }

    private static boolean byDefault(RecordComponent knob, Object value) {
        Default otherwise = knob.getAnnotation(Default.class);
        return otherwise != null
                && (value instanceof Number number
                        ? number.doubleValue() == Double.parseDouble(otherwise.value())
                        : written(value).equals(otherwise.value()));
    }

    /** As in conf: a number without a needless point, a constant in kebab case. */
    private static String written(Object value) {
        if (value instanceof Enum<?> constant) {
            return KebabCase.of(constant);
        }
        String text = value.toString();
        return value instanceof Float && text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static @Nullable Object value(RecordComponent knob, Method method) {
        try {
            return knob.getAccessor().invoke(method);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + knob, e);
        }
    }
}
