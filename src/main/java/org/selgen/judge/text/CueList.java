package org.selgen.judge.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The file {@code cues.txt}: sections {@code [NAME]} of regular expressions, with {@code $WORD} macros from {@code [MACROS]}. */
final class CueList {
    record Rewrite(Pattern pattern, String to) {}

    private final Map<String, List<Pattern>> sections = new LinkedHashMap<>();

    private CueList() {}

    static CueList read() {
        CueList lists = new CueList();
        lines().forEach((section, lines) -> {
            if (!section.equals("REWRITES") && !section.equals("MACROS")) {
                lists.sections.put(section, lines.stream().map(Pattern::compile).toList());
            }
        });
        return lists;
    }

    static List<Rewrite> rewrites() {
        return section("REWRITES").stream()
                .map(line -> line.split(" => ", -1))
                .map(sides -> new Rewrite(Pattern.compile(sides[0]), sides[1]))
                .toList();
    }

    List<Pattern> of(String section) {
        List<Pattern> patterns = sections.get(section);
        if (patterns == null) {
            throw new IllegalStateException("cues.txt has no section [" + section + "]; the build is damaged");
        }
        return patterns;
    }

    /** One alternation of all the lines of a section. */
    static String anyOf(String section) {
        return String.join("|", section(section));
    }

    /** The two sides of each line of a section. */
    static Map<String, String> pairs(String section) {
        Map<String, String> pairs = new LinkedHashMap<>();
        section(section).stream().map(line -> line.split(" => ", -1)).forEach(sides -> pairs.put(sides[0], sides[1]));
        return pairs;
    }

    private static List<String> section(String name) {
        return lines().getOrDefault(name, List.of());
    }

    private static Map<String, List<String>> lines() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        Map<String, String> macros = new LinkedHashMap<>();
        String section = "";
        for (String line :
                text().lines().filter(l -> !l.isBlank() && !l.startsWith("# ")).toList()) {
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1);
            } else if (section.equals("MACROS")) {
                macros.put(
                        line.substring(0, line.indexOf(" = ")),
                        expand(line.substring(line.indexOf(" = ") + 3), macros));
            } else {
                sections.computeIfAbsent(section, key -> new ArrayList<>()).add(expand(line, macros));
            }
        }
        return sections;
    }

    private static String expand(String line, Map<String, String> macros) {
        String seen = line;
        for (Map.Entry<String, String> macro : macros.entrySet()) {
            seen = seen.replace("$" + macro.getKey(), "(?:" + macro.getValue() + ")");
        }
        return seen;
    }

    private static String text() {
        try (InputStream stream = CueList.class.getResourceAsStream("cues.txt")) {
            if (stream == null) {
                throw new IllegalStateException("cues.txt is missing beside " + CueList.class.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
