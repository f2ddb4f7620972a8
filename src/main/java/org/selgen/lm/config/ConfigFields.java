package org.selgen.lm.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.file.JsonFields;

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

    private static final double MAX_NUMBER = 1e12;

    private JsonFields fields(JsonNode object) {
        return new JsonFields(object, (key, value, bound) -> bad(key, JsonFields.shown(value), bound));
    }

    /** A whole number above 0; {@code absent} is its default, null where the key is required. */
    int size(String key, @Nullable Integer absent) {
        return absent(key) && absent != null ? absent : fields(json).integer(key, 1, MAX_SIZE);
    }

    /** A number above 0 of an object within the file; {@code absent} as in {@link #size}. */
    double positive(JsonNode object, String key, @Nullable Double absent) {
        return !object.has(key) && absent != null ? absent : fields(object).positive(key, MAX_NUMBER);
    }

    boolean flag(String key, boolean absent) {
        return fields(json).flag(key, absent);
    }

    /** Refuses a key that is set to anything but false. */
    void refuse(String key) {
        boolean isFalse = json.path(key).isBoolean() && !json.path(key).booleanValue();
        fields(json).require(key, absent(key) || isFalse, "absent: models that need it are not supported");
    }

    /** Refuses a key that is set at all. */
    void off(String key) {
        fields(json).require(key, absent(key), "absent or null: this family does not compute it");
    }

    /** A whole number of at least 0. */
    int natural(String key, int absent) {
        return absent(key) ? absent : fields(json).integer(key, 0, MAX_SIZE);
    }

    /** Whether the key is missing or null. */
    boolean absent(String key) {
        return fields(json).absent(key);
    }

    /** Whether the key is there and null. */
    boolean isNull(String key) {
        return fields(json).isNull(key);
    }

    void check(String key, Object value, boolean holds, String bound) {
        if (!holds) {
            throw bad(key, value.toString(), bound);
        }
    }

    static String shown(JsonNode node) {
        return JsonFields.shown(node);
    }

    BadInput bad(String key, String value, String bound) {
        return new BadInput(where + ": " + key + " is " + value + " but must be " + bound
                + "; choose a model of a known family and kind");
    }
}
