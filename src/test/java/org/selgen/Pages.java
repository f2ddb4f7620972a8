package org.selgen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.text.StringTokenizer;
import org.apache.commons.text.matcher.StringMatcherFactory;

/** The documentation as its tests read it. */
final class Pages {
    static final Path SITE = Path.of("src/site/markdown");
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- ([a-z ]+) -->\\n)?```(\\w*)\\n(.*?)\\n```", Pattern.DOTALL);

    private Pages() {}

    /** A fenced block, and where it stands. */
    record Block(Path page, String marker, String language, String text) {
        @Override
        public String toString() {
            return page + " (" + marker + "): " + text.lines().findFirst().orElse("");
        }
    }

    /** A command as a user types it. */
    record Command(Path page, List<String> words) {
        @Override
        public String toString() {
            return page + ": " + String.join(" ", words);
        }
    }

    /** Every page that people read, decisions and changelog left out: they tell of their time. */
    static List<Path> all() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(
                Path.of("README.md"),
                Path.of(".github/CONTRIBUTING.md"),
                Path.of("notebooks/README.md"),
                Path.of("data-lake/raw/README.md")));
        try (Stream<Path> files = Files.list(SITE)) {
            files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.endsWith("changelog.md"))
                    .sorted()
                    .forEach(pages::add);
        }
        return pages;
    }

    static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All pages as one text. */
    static String everything() throws IOException {
        StringBuilder text = new StringBuilder();
        all().forEach(page -> text.append(text(page)).append('\n'));
        return text.toString();
    }

    static List<Block> blocks(String language) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path page : all()) {
            Matcher found = BLOCK.matcher(text(page));
            while (found.find()) {
                if (found.group(2).equals(language)) {
                    blocks.add(new Block(page, String.valueOf(found.group(1)), language, found.group(3)));
                }
            }
        }
        return blocks;
    }

    /** Every {@code selgen} command of a shell block, its words as the shell splits them. */
    static List<Command> commands() throws IOException {
        List<Command> commands = new ArrayList<>();
        for (Block block : blocks("sh")) {
            for (String line : block.text().replace("\\\n", " ").split("\n", -1)) {
                int at = line.indexOf("jobs/selgen ");
                if (at >= 0) {
                    StringTokenizer words = new StringTokenizer(
                            line.substring(at + "jobs/selgen ".length()).replaceAll(" (#|>|\\|) .*", ""));
                    words.setQuoteMatcher(StringMatcherFactory.INSTANCE.quoteMatcher());
                    commands.add(new Command(block.page(), words.getTokenList()));
                }
            }
        }
        return commands;
    }

    /** What stands between backticks outside of fenced blocks. */
    static List<String> code(Path page) {
        List<String> code = new ArrayList<>();
        Matcher found = Pattern.compile("`([^`\\n]+)`").matcher(text(page).replaceAll("(?s)```.*?```", ""));
        while (found.find()) {
            code.add(found.group(1));
        }
        return code;
    }
}
