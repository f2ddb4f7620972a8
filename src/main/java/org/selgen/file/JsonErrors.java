package org.selgen.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a JSON text, in words that do not speak of a library. */
public final class JsonErrors {
    private static final Map<Pattern, String> WORDS = new LinkedHashMap<>();

    static {
        say("Non-standard token '([-+]?\\w+)'.*", "$1 is no JSON number; give a number, a text or null");
        say("Duplicate field '(.*)'.*", "the field '$1' stands twice");
        say("Trailing token.*", "more follows behind the object");
        say(
                ".*\\('(.)' \\(code \\d+\\)\\): Expected space separating root-level values.*",
                "more follows behind the object, '$1'");
        say("Unexpected end-of-input.*", "it ends too early");
        say("Unexpected close marker '(.)'.*", "unexpected '$1'");
        say("Unexpected character \\('(.)' \\(code.*", "unexpected '$1'");
        say("Unrecognized token '([^']{1,40}).*", "'$1' is no JSON value");
        say("Illegal unquoted character.*", "a line break or control character within a text; write it as \\\\n");
        say("Illegal character.*", "a control character between values");
        say("Un(?:recognized|supported).*escape.*", "a backslash before a character that needs none");
        say(
                "(?:Document nesting d|D)epth \\((\\d+)\\)\\D+\\((\\d+)\\D.*",
                "values nested $1 deep, where $2 is the most");
        say(
                "(?:String|Name|Number)(?: value)? length \\((\\d+)\\)\\D+\\((\\d+)\\D.*",
                "a text or a number of $1 characters, where $2 is the most");
        say("(more than \\d+ names, values and brackets)", "$1");
    }

    private JsonErrors() {}

    private static void say(String theirs, String ours) {
        WORDS.put(Pattern.compile(theirs), ours);
    }

    /** The reason, and the place within the text where it is known. */
    public static String words(JsonProcessingException e) {
        JsonLocation place = e.getLocation();
        boolean known = place != null && place.getColumnNr() > 0;
        return reason(e) + (known ? " (line " + place.getLineNr() + ", character " + place.getColumnNr() + ")" : "");
    }

    /** The reason alone. */
    public static String reason(JsonProcessingException e) {
        String said = e.getOriginalMessage().lines().findFirst().orElse("");
        for (Map.Entry<Pattern, String> words : WORDS.entrySet()) {
            Matcher matcher = words.getKey().matcher(said);
            if (matcher.matches()) {
                return matcher.replaceFirst(words.getValue());
            }
        }
        return "it is not well formed";
    }
}
