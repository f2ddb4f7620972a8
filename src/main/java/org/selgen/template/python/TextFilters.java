package org.selgen.template.python;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.selgen.template.python.Environment.Filter;

/** Jinja's filters of texts; other values are printed first. */
final class TextFilters {
    static final Map<String, Filter> ALL;

    private TextFilters() {}

    private interface Change {
        String of(String text, Arguments arguments, StepBudget budget);
    }

    static {
        Map<String, Filter> all = new HashMap<>();
        all.put("string", change((text, a, budget) -> none("string", text, a)));
        all.put("upper", change((text, a, budget) -> none("upper", text, a).toUpperCase(Locale.ROOT)));
        all.put("lower", change((text, a, budget) -> none("lower", text, a).toLowerCase(Locale.ROOT)));
        all.put("capitalize", change((text, a, budget) -> TextCase.capitalize(none("capitalize", text, a))));
        all.put("title", change((text, a, budget) -> titled(none("title", text, a))));
        all.put(
                "trim",
                change((text, a, budget) ->
                        PythonText.strip(text, a.of("trim", "chars").textOrNone("chars"))));
        all.put("replace", change(TextFilters::replace));
        all.put("format", TextFilters::format);
        all.put("center", change((text, a, budget) -> {
            long width = a.of("center", "width").integer("width", 80);
            return TextCase.padded("center", text, new Arguments(List.of(width), Map.of()), budget);
        }));
        all.put("wordcount", (value, a, e) -> words(none("wordcount", Repr.text(value, e.budget()), a)));
        all.put("indent", TextFilters::indent);
        all.put("truncate", TextFilters::truncate);
        ALL = Map.copyOf(all);
    }

    private static Filter change(Change change) {
        return (value, arguments, environment) -> {
            StepBudget budget = environment.budget();
            return budget.text(change.of(budget.text(Repr.text(value, budget)), arguments, budget));
        };
    }

    private static String none(String filter, String text, Arguments arguments) {
        arguments.none(filter);
        return text;
    }

    private static String replace(String text, Arguments arguments, StepBudget budget) {
        Arguments.Bound bound = arguments.of("replace", "old", "new", "count");
        Object count = bound.or("count", None.NONE);
        return TextCase.replace(
                text,
                Repr.text(bound.get("old"), budget),
                Repr.text(bound.get("new"), budget),
                count == None.NONE ? -1 : bound.integer("count"),
                budget);
    }

    private static Object format(Object value, Arguments arguments, Environment environment) {
        Map<Object, Object> named = new HashMap<>(arguments.named());
        Object values = named.isEmpty() ? new Tuple(arguments.positional()) : named;
        return environment
                .budget()
                .text(Formats.percent(Repr.text(value, environment.budget()), values, environment.budget()));
    }

    /** The first letter of each part between spaces, hyphens and opening brackets is a capital, the others are not. */
    private static String titled(String text) {
        StringBuilder out = new StringBuilder();
        boolean begins = true;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            String one = Character.toString(c);
            boolean between = PythonText.space(c) || "-({[<".indexOf(c) >= 0;
            out.append(between ? one : begins ? one.toUpperCase(Locale.ROOT) : one.toLowerCase(Locale.ROOT));
            begins = between;
            i += one.length();
        }
        return out.toString();
    }

    private static Object words(String text) {
        long words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            boolean part = Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_';
            words += part && !inWord ? 1 : 0;
            inWord = part;
        }
        return words;
    }

    private static Object indent(Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of("indent", "width", "first", "blank");
        Object width = bound.or("width", 4L);
        StepBudget budget = environment.budget();
        String before = width instanceof String text
                ? text
                : (String) Arithmetic.apply("*", " ", Values.integer(width, "indent: width"), budget);
        StringBuilder out = new StringBuilder(bound.truth("first") ? before : "");
        List<Object> lines = PythonText.lines(Values.string(value, "what is indented") + "\n", false);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).toString();
            boolean indented = i > 0 && (!line.isEmpty() || bound.truth("blank"));
            budget.characters(line.length() + (long) before.length());
            out.append(i > 0 ? "\n" : "").append(indented ? before : "").append(line);
        }
        return budget.text(out.toString());
    }

    private static Object truncate(Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of("truncate", "length", "killwords", "end", "leeway");
        String text = Values.string(value, "what is truncated");
        String end = bound.text("end", "...");
        long most = bound.integer("length", 255);
        long leeway = bound.or("leeway", None.NONE) == None.NONE ? 5 : bound.integer("leeway");
        long kept = most - Values.length(end);
        if (kept < 0 || leeway < 0) {
            throw new Refused("truncate: length must hold the end, and leeway must be at least 0");
        }
        environment.budget().text(text);
        if (Values.length(text) <= most + leeway) {
            return text;
        }
        String begin = text.substring(0, text.offsetByCodePoints(0, (int) kept));
        int space = begin.lastIndexOf(' ');
        return (bound.truth("killwords") || space < 0 ? begin : begin.substring(0, space)) + end;
    }
}
