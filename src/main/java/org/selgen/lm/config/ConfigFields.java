package org.selgen.lm.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;

/**
 * Checked values of a model's config.json. A value that is out of its bounds is a {@link BadInput} that names the file, the
 * key, the value and the bound.
 *
 * @param json the object
 * @param where the name of its file, to begin an error with
 */
record ConfigFields(ObjectNode json, String where) {
    /** Bound of every size, far above that of any model. */
    static final int MAX_SIZE = 1 << 24;

    /** A whole number above 0; {@code absent} is its default, null where the key is required. */
    int size(String key, @Nullable Integer absent) {
        if (absent(key) && absent != null) {
            return absent;
        }
        JsonNode node = json.path(key);
        check(
                key,
                shown(node),
                node.isInt() && node.intValue() > 0 && node.intValue() <= MAX_SIZE,
                "a whole number from 1 to " + MAX_SIZE);
        return node.intValue();
    }

    /** A number above 0 of an object within the file; {@code absent} as in {@link #size}. */
    double positive(JsonNode object, String key, @Nullable Double absent) {
        JsonNode node = object.path(key);
        if (node.isMissingNode() && absent != null) {
            return absent;
        }
        check(
                key,
                shown(node),
                node.isNumber() && node.doubleValue() > 0 && node.doubleValue() < 1e12,
                "a positive number");
        return node.doubleValue();
    }

    boolean flag(String key, boolean absent) {
        if (absent(key)) {
            return absent;
        }
        check(key, shown(json.get(key)), json.get(key).isBoolean(), "true or false");
        return json.get(key).booleanValue();
    }

    /** Refuses a key that is set to anything but false. */
    void refuse(String key) {
        if (!absent(key) && !(json.get(key).isBoolean() && !json.get(key).booleanValue())) {
            throw bad(key, shown(json.get(key)), "absent: models that need it are not supported");
        }
    }

    /** Refuses a key that is set at all. */
    void off(String key) {
        check(key, shown(json.path(key)), absent(key), "absent or null: this family does not compute it");
    }

    /** A whole number of at least 0. */
    int natural(String key, int absent) {
        return !absent(key) && json.get(key).isInt() && json.get(key).intValue() == 0 ? 0 : size(key, absent);
    }

    /** Whether the key is missing or null. */
    boolean absent(String key) {
        return !json.hasNonNull(key);
    }

    /** Whether the key is there and null. */
    boolean isNull(String key) {
        return json.has(key) && json.get(key).isNull();
    }

    void check(String key, Object value, boolean holds, String bound) {
        if (!holds) {
            throw bad(key, value.toString(), bound);
        }
    }

    static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "missing" : node.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    BadInput bad(String key, String value, String bound) {
        return new BadInput(where + ": " + key + " is " + value + " but must be " + bound
                + "; choose a model of a known family and kind");
    }
}
