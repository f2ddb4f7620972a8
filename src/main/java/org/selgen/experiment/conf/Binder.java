package org.selgen.experiment.conf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.KebabCase;

/**
 * Makes records of a YAML tree, strictly: every key must be a component, every component must be a key unless it has a
 * {@link Default} or is {@code @Nullable}, every value must have the component's type.
 *
 * <p>A value of a sealed interface is one of its records by its kebab-case name: {@code kl-penalty: {beta: 0.1}}, or
 * the bare name where no knob is needed. In a list of such values a knob may list several values, and the item stands
 * for one record of each combination: {@code kl-penalty: {beta: [0.1, 1]}} is two records.
 */
public final class Binder {
    private final Origin origin;

    Binder(Origin origin) {
        this.origin = origin;
    }

    @Nullable
    Object bind(JsonNode node, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            Type item = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == Map.class ? map(node, item, path) : list(node, item, path);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord()) {
            return record(node, raw, path);
        }
        return raw.isSealed() ? oneOf(node, raw, path) : scalar(node, raw, path);
    }

    private Object record(JsonNode given, Class<?> type, String path) {
        JsonNode node = given.isNull() ? JsonNodeFactory.instance.objectNode() : given;
        if (!node.isObject()) {
            throw wrong(node, "keys below it (" + String.join(", ", names(type)) + ")", path);
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!names(type).contains(key)) {
                throw unknown("key", key, names(type), path);
            }
        });
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            values.add(component(node.get(component.getName()), component, join(path, component.getName())));
        }
        return make(type, values, path);
    }

    private @Nullable Object component(@Nullable JsonNode node, RecordComponent component, String path) {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (node != null && !(node.isNull() && nullable)) {
            return bind(node, component.getGenericType(), path);
        }
        Default otherwise = component.getAnnotation(Default.class);
        if (node == null && otherwise != null) {
            return bind(YamlText.parse(otherwise.value(), path), component.getGenericType(), path);
        }
        if (!nullable) {
            throw new BadInput(origin.of(path) + ": '" + path + "' is missing; add it");
        }
        return null;
    }

    private Object oneOf(JsonNode node, Class<?> type, String path) {
        List<Class<?>> records = SealedRecords.of(type).toList();
        List<String> names =
                records.stream().map(record -> KebabCase.of(record)).toList();
        boolean bare = node.isTextual();
        if (!bare && !(node.isObject() && node.size() == 1)) {
            throw wrong(node, "one of " + String.join(", ", names) + ", with its knobs below it", path);
        }
        String name = bare ? node.textValue() : node.fieldNames().next();
        if (!names.contains(name)) {
            throw unknown("name", name, names, path);
        }
        JsonNode knobs = bare ? JsonNodeFactory.instance.nullNode() : node.get(name);
        return record(knobs, records.get(names.indexOf(name)), join(path, name));
    }

    private List<?> list(JsonNode node, Type item, String path) {
        if (!node.isArray()) {
            throw wrong(node, "a list: [ ... ]", path);
        }
        List<JsonNode> items = new ArrayList<>();
        node.forEach(each ->
                items.addAll(item instanceof Class<?> raw && raw.isSealed() ? Grids.of(each, raw) : List.of(each)));
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            values.add(bind(items.get(i), item, path + "[" + i + "]"));
        }
        return List.copyOf(values);
    }

    private Map<String, ?> map(JsonNode node, Type item, String path) {
        if (!node.isObject()) {
            throw wrong(node, "names with a value each", path);
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        node.fields().forEachRemaining(e -> values.put(e.getKey(), bind(e.getValue(), item, join(path, e.getKey()))));
        return values;
    }

    private Object scalar(JsonNode node, Class<?> type, String path) {
        if (type == String.class && node.isTextual()) {
            return node.textValue();
        }
        if (type == boolean.class && node.isBoolean()) {
            return node.booleanValue();
        }
        if ((type == int.class || type == Integer.class) && node.isIntegralNumber() && node.canConvertToInt()) {
            return node.intValue();
        }
        if ((type == long.class || type == Long.class) && node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if ((type == float.class || type == Float.class) && node.isNumber() && Float.isFinite(node.floatValue())) {
            return node.floatValue();
        }
        if ((type == double.class || type == Double.class) && node.isNumber() && Double.isFinite(node.doubleValue())) {
            return node.doubleValue();
        }
        if (type == Object.class) {
            return YamlText.MAPPER.convertValue(node, Object.class);
        }
        if (type.isEnum()) {
            return constant(node, type, path);
        }
        throw wrong(node, expected(type), path);
    }

    private Object constant(JsonNode node, Class<?> type, String path) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object each : type.getEnumConstants()) {
            constants.put(KebabCase.of((Enum<?>) each), each);
        }
        Object constant = constants.get(node.asText());
        if (constant == null) {
            throw wrong(node, "one of " + String.join(", ", constants.keySet()), path);
        }
        return constant;
    }

    private Object make(Class<?> type, List<@Nullable Object> values, String path) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof BadInput || e.getCause() instanceof IllegalArgumentException) {
                String why = String.valueOf(e.getCause().getMessage());
                throw new BadInput(origin.ofRecord(path, why) + ": " + why, e.getCause());
            }
            throw new IllegalStateException("cannot make " + type.getSimpleName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type.getSimpleName(), e);
        }
    }

    private BadInput wrong(JsonNode node, String expected, String path) {
        return new BadInput(origin.of(path) + ": '" + (path.isEmpty() ? "the file" : path) + "' is " + node
                + " but must be " + expected);
    }

    private BadInput unknown(String kind, String given, List<String> known, String path) {
        String whole = join(path, given);
        return unknown(origin.ofUnknown(whole), kind, whole, given, known);
    }

    /** Says that a name is not known, which known one is nearest, and which there are. */
    public static BadInput unknown(String file, String kind, String given, List<String> known) {
        return unknown(file, kind, given, given, known);
    }

    private static BadInput unknown(String file, String kind, String path, String given, List<String> known) {
        String nearest = Nearest.of(given, known)
                .map(name -> "did you mean '" + name + "'? ")
                .orElse("");
        String all = known.isEmpty() ? "none" : String.join(", ", known);
        return new BadInput(file + ": '" + path + "' is not a known " + kind + "; " + nearest + "Known: " + all);
    }

    private static String expected(Class<?> type) {
        if (type == String.class) {
            return "text";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        boolean whole =
                List.of(int.class, Integer.class, long.class, Long.class).contains(type);
        return whole ? "a whole number" : "a number";
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
