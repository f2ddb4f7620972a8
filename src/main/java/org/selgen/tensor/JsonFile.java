package org.selgen.tensor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.selgen.data.BadInput;

/**
 * JSON as strangers' files must be read: one object, UTF-8, no key twice, nothing behind it, nesting bounded. A key that
 * stands twice is refused because two readers may then believe two different things about one file.
 */
public final class JsonFile {
    private static final int MAX_NESTING = 32;
    private static final long MAX_BYTES = 100_000_000;
    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFile() {}

    /**
     * The one object in a file of at most 100 MB.
     *
     * @throws BadInput if the file is missing, too long, or not such JSON
     */
    public static ObjectNode read(Path path) {
        try {
            long bytes = Files.size(path);
            if (bytes > MAX_BYTES) {
                throw new BadInput(path + " has " + bytes + " bytes but at most " + MAX_BYTES
                        + " are read as JSON; download it again");
            }
            return parse(ByteBuffer.wrap(Files.readAllBytes(path)), path.toString());
        } catch (NoSuchFileException e) {
            throw new BadInput(path + " is missing; download the whole folder again", e);
        } catch (IOException e) {
            throw new BadInput(path + " cannot be read (" + e.getMessage() + "); check that it is a readable file", e);
        }
    }

    /**
     * The one object that this text spells.
     *
     * @param where what the text is, to begin an error with
     */
    public static ObjectNode parse(String text, String where) {
        return parse(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), where);
    }

    /**
     * The one object that these bytes spell.
     *
     * @param where what the bytes are, to begin an error with
     */
    static ObjectNode parse(ByteBuffer utf8, String where) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
            JsonNode node = STRICT.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new BadInput(where + " is not a JSON object; download it again");
        } catch (CharacterCodingException e) {
            throw new BadInput(where + " is not UTF-8 text; download it again", e);
        } catch (JsonProcessingException e) {
            throw new BadInput(where + " is not strict JSON (" + oneLine(e) + "); download it again", e);
        }
    }

    private static String oneLine(JsonProcessingException e) {
        String place = e.getLocation() == null
                ? ""
                : " at character " + e.getLocation().getCharOffset();
        return e.getOriginalMessage().lines().findFirst().orElse("no reason given") + place;
    }
}
