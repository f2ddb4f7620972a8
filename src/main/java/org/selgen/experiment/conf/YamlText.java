package org.selgen.experiment.conf;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.selgen.data.BadInput;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** YAML as trees, its aliases followed; a key that stands twice is refused. */
final class YamlText {
    static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'");

    private YamlText() {}

    /**
     * What a file says; a missing node where it says nothing.
     *
     * @throws BadInput see {@link YamlTree}
     */
    static JsonNode read(Path file) throws IOException {
        return tree(Files.readString(file), file.toString());
    }

    private static JsonNode tree(String text, String where) throws IOException {
        try (YAMLParser parser = MAPPER.getFactory().createParser(new StringReader(text))) {
            parser.setCodec(MAPPER);
            return new YamlTree(parser, new Yaml().parse(new StringReader(text)).iterator(), where).read();
        }
    }

    /** One value as YAML writes it. */
    public static JsonNode parse(String text, String where) {
        try {
            JsonNode node = tree(text, where);
            return node.isMissingNode() ? MAPPER.nullNode() : node;
        } catch (JsonProcessingException e) {
            throw new BadInput(where + " is not YAML: " + cause(e), e);
        } catch (BadInput e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text has no such errors
        } catch (RuntimeException e) { // the library's own, on text it does not foresee
            throw new BadInput(where + " is not YAML: " + cause(e), e);
        }
    }

    /** What is wrong, without the lines that show the place. */
    static String cause(JsonProcessingException problem) {
        return words(problem.getOriginalMessage());
    }

    /** The same of an error that the library does not announce. */
    static String cause(RuntimeException problem) {
        return words(String.valueOf(problem.getMessage()));
    }

    private static String words(String said) {
        Matcher twice = TWICE.matcher(said);
        if (twice.lookingAt()) {
            return "the key '" + twice.group(1) + "' stands twice; keep one";
        }
        return said.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .limit(2)
                .collect(Collectors.joining(", "));
    }

    /** The line that is wrong, from 1 on. */
    static int line(JsonProcessingException problem) {
        if (problem.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return marked.getProblemMark().getLine() + 1;
        }
        return problem.getLocation() == null ? 1 : problem.getLocation().getLineNr();
    }
}
