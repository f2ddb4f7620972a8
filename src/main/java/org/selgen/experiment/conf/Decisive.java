package org.selgen.experiment.conf;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Default;
import org.selgen.data.KebabCase;

/**
 * What a record's settings decide, as the tree of a conf file: its components, but for those at their {@link Default}. So a
 * setting that is added with a default leaves the ids of runs as they were.
 */
public final class Decisive {
    private static final Binder BINDER = new Binder(new Origin("defaults", List.of()));

    private Decisive() {}

    /**
     * Its components by name. One of a sealed interface is its name in conf, with its own settings below it where they are not all
     * at their default.
     */
    public static Map<String, @Nullable Object> of(Record settings) {
        Map<String, @Nullable Object> decisive = new TreeMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            Object value = value(component, settings);
            if (!byDefault(component, value)) {
                decisive.put(component.getName(), written(component.getType(), value));
            }
        }
        return decisive;
    }

    private static boolean byDefault(RecordComponent component, @Nullable Object value) {
        Default otherwise = component.getAnnotation(Default.class);
        return otherwise != null
                && Objects.equals(
                        value,
                        BINDER.bind(
                                YamlText.parse(otherwise.value(), component.getName()),
                                component.getGenericType(),
                                component.getName()));
    }

    private static @Nullable Object written(Class<?> type, @Nullable Object value) {
        if (!type.isSealed() || !(value instanceof Record choice)) {
            return value;
        }
        Map<String, @Nullable Object> knobs = of(choice);
        String name = KebabCase.of(choice.getClass());
        return knobs.isEmpty() ? name : Map.of(name, knobs);
    }

    private static @Nullable Object value(RecordComponent component, Record settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
