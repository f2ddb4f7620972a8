package org.selgen.experiment.conf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;

/**
 * Conf files as records. A key is the record component of the same name; a class is named in kebab-case, as
 * {@code kl-penalty} for {@code KlPenalty}. See {@link Binder} for the rules.
 */
public final class Yaml {
    private Yaml() {}

    /**
     * The record that a file describes.
     *
     * @param settings each {@code path.to.key=value}, which replaces what the file says; the value is YAML
     * @throws BadInput if the file does not fit the record
     */
    public static <T extends Record> T read(Path file, Class<T> type, List<String> settings) throws IOException {
        return bind(tree(file, settings), type, file, settings);
    }

    /** The record that a tree describes; errors name the file, or the setting that is wrong. */
    public static <T extends Record> T bind(JsonNode tree, Class<T> type, Path file, List<String> settings) {
        return type.cast(new Binder(new Origin(file.toString(), settings)).bind(tree, type, ""));
    }

    /** Where the value of a key was given, as errors name it: the file and the key, or a setting. */
    public static String origin(Path file, List<String> settings, String key) {
        return new Origin(file.toString(), settings).ofRecord(key, "");
    }

    /** What a file says once the settings are applied. */
    public static JsonNode tree(Path file, List<String> settings) throws IOException {
        JsonNode tree = tree(file);
        for (String setting : settings) {
            set(tree, setting);
        }
        return tree;
    }

    /** The values that a file names, each of the given type, in the file's order. */
    public static <T> Map<String, T> readMap(Path file, Class<T> type) throws IOException {
        return bindMap(tree(file), type, file.toString());
    }

    /** The values that a tree names; errors name where it came from. */
    public static <T> Map<String, T> bindMap(JsonNode tree, Class<T> type, String where) {
        if (!tree.isObject()) {
            throw new BadInput(where + " must hold 'name: ...' entries");
        }
        Map<String, T> values = new LinkedHashMap<>();
        Binder binder = new Binder(new Origin(where, List.of()));
        tree.fields()
                .forEachRemaining(entry ->
                        values.put(entry.getKey(), type.cast(binder.bind(entry.getValue(), type, entry.getKey()))));
        return values;
    }

    private static JsonNode tree(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BadInput("there is no file " + file + "; give the path of a YAML file");
        }
        try {
            return YamlText.read(file);
        } catch (JsonProcessingException e) {
            throw new BadInput(file + ", line " + YamlText.line(e) + ": not YAML: " + YamlText.cause(e), e);
        } catch (CharConversionException | CharacterCodingException e) {
            throw new BadInput(file + " is not UTF-8 text; save it as such", e);
        } catch (IOException e) {
            throw new BadInput(
                    file + " cannot be read (" + IoReason.of(e) + "); give a readable YAML file in UTF-8", e);
        } catch (BadInput e) {
            throw e;
        } catch (RuntimeException e) { // the library's own, on text it does not foresee
            throw new BadInput(file + " is not YAML: " + YamlText.cause(e), e);
        }
    }

    private static void set(JsonNode tree, String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw new BadInput("--set " + setting + " must look like key=value, as --set training.batch=8");
        }
        String path = setting.substring(0, equals);
        String[] steps = path.split("\\.", -1);
        JsonNode node = tree;
        for (int i = 0; i < steps.length - 1; i++) {
            JsonNode next = child(node, steps[i]);
            if (next == null && node instanceof ObjectNode object) {
                next = object.putObject(steps[i]);
            }
            if (next == null || !next.isContainerNode()) {
                throw new BadInput("--set " + setting + ": there is no key '" + steps[i] + "' with keys below it");
            }
            node = next;
        }
        String last = steps[steps.length - 1];
        JsonNode value = YamlText.parse(setting.substring(equals + 1), "--set " + setting);
        if (node instanceof ObjectNode object) {
            object.set(last, value);
        } else if (node instanceof ArrayNode array && child(array, last) != null) {
            array.set(Integer.parseInt(last), value);
        } else {
            throw new BadInput("--set " + setting + ": there is no item '" + last + "'");
        }
    }

    private static @Nullable JsonNode child(JsonNode node, String step) {
        return node.isArray() ? (step.matches("\\d{1,6}") ? node.get(Integer.parseInt(step)) : null) : node.get(step);
    }
}
