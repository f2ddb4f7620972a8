package org.selgen.template.python;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Methods of Python's {@code str}. */
final class TextMethods {
    private static final Map<String, Method> METHODS = new TreeMap<>();

    /** Methods of Python that are not rendered here: named in the refusal, and never taken for what is undefined. */
    private static final Set<String> REFUSED = Set.of(
            "encode", "expandtabs", "translate", "maketrans", "format_map", "isidentifier", "isprintable", "casefold");

    private TextMethods() {}

    private interface Method {
        Object apply(String text, Arguments arguments, Environment environment);
    }

    private interface Change {
        String of(String text);
    }

    private interface Cut {
        String of(String text, @Nullable String characters);
    }

    private interface Split {
        List<Object> of(String text, String separator, long most);
    }

    static {
        cut("strip", PythonText::strip);
        cut("lstrip", PythonText::stripStart);
        cut("rstrip", PythonText::stripEnd);
        split("split", PythonText::split);
        split("rsplit", PythonText::splitFromEnd);
        whole();
        formed();
        searched();
    }

    private static void whole() {
        METHODS.put(
                "splitlines",
                (text, a, e) ->
                        PythonText.lines(text, a.of("splitlines", "keepends").truth("keepends")));
        METHODS.put("startswith", (text, a, e) -> affix("startswith", text, a, e.budget()));
        METHODS.put("endswith", (text, a, e) -> affix("endswith", text, a, e.budget()));
        METHODS.put("removeprefix", (text, a, e) -> {
            String prefix = a.of("removeprefix", "prefix").text("prefix");
            return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        });
        METHODS.put("removesuffix", (text, a, e) -> {
            String suffix = a.of("removesuffix", "suffix").text("suffix");
            return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
        });
        METHODS.put("replace", (text, a, e) -> {
            Arguments.Bound bound = a.of("replace", "old", "new", "count");
            return TextCase.replace(text, bound.text("old"), bound.text("new"), bound.integer("count", -1), e.budget());
        });
    }

    private static void searched() {
        METHODS.put(
                "join", (text, a, e) -> joined(text, a.of("join", "iterable").get("iterable"), e.budget()));
        METHODS.put("count", (text, a, e) -> {
            String part = a.of("count", "part").text("part");
            return part.isEmpty()
                    ? Values.length(text) + 1
                    : (Object) (PythonText.split(text, part, -1).size() - 1L);
        });
        for (String name : List.of("find", "rfind", "index", "rindex")) {
            METHODS.put(
                    name, (text, a, e) -> found(name, text, a.of(name, "part").text("part")));
        }
        METHODS.put(
                "partition",
                (text, a, e) -> parted(text, a.of("partition", "separator").text("separator"), false));
        METHODS.put(
                "rpartition",
                (text, a, e) -> parted(text, a.of("rpartition", "separator").text("separator"), true));
    }

    private static void formed() {
        change("upper", text -> text.toUpperCase(Locale.ROOT));
        change("lower", text -> text.toLowerCase(Locale.ROOT));
        change("title", TextCase::title);
        change("capitalize", TextCase::capitalize);
        change("swapcase", TextCase::swapped);
        METHODS.put("format", (text, a, e) -> Formats.braces(text, a, e.budget()));
        for (String name : List.of("ljust", "rjust", "center", "zfill")) {
            METHODS.put(name, (text, a, e) -> TextCase.padded(name, text, a, e.budget()));
        }
        for (String name : TextCase.QUESTIONS) {
            METHODS.put(name, (text, a, e) -> {
                a.none(name);
                return TextCase.is(name, text);
            });
        }
    }

    private static void cut(String name, Cut cut) {
        METHODS.put(name, (text, a, e) -> cut.of(text, a.of(name, "chars").textOrNone("chars")));
    }

    private static void change(String name, Change change) {
        METHODS.put(name, (text, a, e) -> {
            a.none(name);
            return e.budget().text(change.of(text));
        });
    }

    private static void split(String name, Split split) {
        METHODS.put(name, (text, a, e) -> {
            Arguments.Bound bound = a.of(name, "sep", "maxsplit");
            String separator = bound.textOrNone("sep");
            long most = bound.integer("maxsplit", -1);
            if (separator == null && name.equals("rsplit") && most >= 0) {
                throw new Refused("rsplit at white space with 'maxsplit' is not rendered here");
            }
            if ("".equals(separator)) {
                throw new Refused(name + ": the separator is empty");
            }
            List<Object> parts = separator == null ? PythonText.words(text, most) : split.of(text, separator, most);
            e.budget().steps(parts.size());
            return parts;
        });
    }

    /** A method of a text; null where Python has none of that name. */
    static @Nullable TemplateFunction of(String text, String name) {
        if (REFUSED.contains(name)) {
            throw new Refused("the method '" + name + "' of a text is not rendered here");
        }
        Method method = METHODS.get(name);
        return method == null
                ? null
                : (arguments, environment) -> {
                    environment.budget().text(text);
                    return method.apply(text, arguments, environment);
                };
    }

    private static boolean affix(String name, String text, Arguments arguments, StepBudget budget) {
        Object affix = arguments.of(name, "affix").get("affix");
        List<Object> all = affix instanceof Tuple tuple ? tuple.items() : List.of(affix);
        budget.steps(all.size());
        return all.stream()
                .map(each -> Values.string(each, name))
                .anyMatch(each -> name.equals("startswith") ? text.startsWith(each) : text.endsWith(each));
    }

    private static String joined(String separator, Object items, StepBudget budget) {
        StringBuilder joined = new StringBuilder();
        String before = "";
        for (Object item : Values.list(items, budget)) {
            String text = Values.string(item, "an element to join");
            budget.characters((long) text.length() + separator.length());
            joined.append(before).append(text);
            before = separator;
        }
        return budget.text(joined.toString());
    }

    private static Object found(String name, String text, String part) {
        int at = name.startsWith("r") ? Search.last(text, part, text.length()) : Search.first(text, part, 0);
        if (at < 0 && name.endsWith("index")) {
            throw new Refused(name + ": the text does not hold '" + part + "'");
        }
        return at < 0 ? -1L : (long) text.codePointCount(0, at);
    }

    private static Tuple parted(String text, String separator, boolean last) {
        if (separator.isEmpty()) {
            throw new Refused("partition: the separator is empty");
        }
        int at = last ? Search.last(text, separator, text.length()) : Search.first(text, separator, 0);
        if (at < 0) {
            return last ? Tuple.of("", "", text) : Tuple.of(text, "", "");
        }
        return Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }
}
