package org.selgen.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checked fields of one JSON object. Whoever reads the object words what is wrong, in one function.
 *
 * @param json the object
 * @param wording makes an error of a field, its value and its bound
 */
public record JsonFields(JsonNode json, Wording wording) {
    private static final int SHOWN = 60;

    /** Words an error. */
    @FunctionalInterface
    public interface Wording {
        /**
         * The error to throw.
         *
         * @param field name of the field
         * @param value what the object has there; a missing node where it has none
         * @param bound what it must be, as {@code a whole number from 1 to 8}
         */
        RuntimeException error(String field, JsonNode value, String bound);
    }

    /** Whether the field is missing or null. */
    public boolean absent(String field) {
        return !json.hasNonNull(field);
    }

    /** Whether the field is there and null. */
    public boolean isNull(String field) {
        return json.path(field).isNull();
    }

    /** A text of any length. */
    public String text(String field) {
        JsonNode value = json.path(field);
        require(field, value.isTextual(), "a text");
        return value.textValue();
    }

    /** A text that is not blank. */
    public String filled(String field) {
        JsonNode value = json.path(field);
        require(field, value.isTextual() && !value.textValue().isBlank(), "a string that is not blank");
        return value.textValue();
    }

    /** A whole number within both bounds. */
    public int integer(String field, int low, int high) {
        JsonNode value = json.path(field);
        require(
                field,
                value.isIntegralNumber()
                        && value.canConvertToInt()
                        && value.intValue() >= low
                        && value.intValue() <= high,
                whole(low, high));
        return value.intValue();
    }

    private static String whole(int low, int high) {
        if (high < Integer.MAX_VALUE) {
            return "a whole number from " + low + " to " + high;
        }
        return low == Integer.MIN_VALUE ? "a whole number" : "a whole number of at least " + low;
    }

    /** A number above 0 and below a bound. */
    public double positive(String field, double below) {
        JsonNode value = json.path(field);
        require(field, value.isNumber() && value.doubleValue() > 0 && value.doubleValue() < below, "a positive number");
        return value.doubleValue();
    }

    /** True or false; where the field is missing or null, what {@code absent} says. */
    public boolean flag(String field, boolean absent) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        require(field, value.isBoolean(), "true or false");
        return value.booleanValue();
    }

    /** The names of fields that are not among these, in alphabetical order. */
    public Set<String> others(Set<String> known) {
        Set<String> others = new TreeSet<>();
        json.fieldNames().forEachRemaining(others::add);
        others.removeAll(known);
        return others;
    }

    /** Refuses the field unless the condition holds. */
    public void require(String field, boolean holds, String bound) {
        if (!holds) {
            throw wrong(field, bound);
        }
    }

    /** The error that the field is not what it must be. */
    public RuntimeException wrong(String field, String bound) {
        return wording.error(field, json.path(field), bound);
    }

    /** A value for people: {@code missing}, or its first 60 characters. */
    public static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "missing" : value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
