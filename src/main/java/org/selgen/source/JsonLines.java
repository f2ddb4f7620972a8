package org.selgen.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selgen.data.BadInput;

/** Reads a file with one JSON object per line, in UTF-8. Blank lines are allowed at its end only. */
final class JsonLines {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonLines() {}

    /**
     * All rows, in order.
     *
     * @throws BadInput if the file is missing, empty, not UTF-8, or has a line that is not a JSON object
     */
    static List<JsonRow> read(String path) {
        List<String> lines = lines(path);
        int last = lines.size();
        while (last > 0 && lines.get(last - 1).isBlank()) {
            last--;
        }
        if (last == 0) {
            throw new BadInput(path + " has no rows; give a file with one JSON object per line");
        }
        List<JsonRow> rows = new ArrayList<>();
        for (int i = 0; i < last; i++) {
            rows.add(row(path, i + 1, lines.get(i)));
        }
        return rows;
    }

    private static List<String> lines(String path) {
        try {
            return Files.readAllLines(Path.of(path));
        } catch (NoSuchFileException e) {
            throw new BadInput(path + " does not exist; correct its path in the run's conf file", e);
        } catch (CharacterCodingException e) {
            throw new BadInput(path + " is not UTF-8 text; convert it", e);
        } catch (IOException e) {
            throw new BadInput(path + " cannot be read (" + e + "); give a readable file", e);
        }
    }

    private static JsonRow row(String path, int line, String text) {
        String place = path + ":" + line;
        if (text.isBlank()) {
            throw new BadInput(place + " is blank; remove the line, only the end of the file may have blank lines");
        }
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw new BadInput(place + " is not a JSON object; write one {...} per line");
            }
            return new JsonRow(place, "", node);
        } catch (JsonProcessingException e) {
            throw new BadInput(
                    place + " is not JSON: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
    }
}
