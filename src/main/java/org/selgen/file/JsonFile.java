package org.selgen.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;

/**
 * JSON as strangers' files must be read: one object, UTF-8, no key twice, nothing behind it, nesting and number of values
 * bounded. A key that stands twice is refused because two readers may then believe two different things about one file.
 */
public final class JsonFile {
    private static final int MAX_NESTING = 32;
    private static final long MAX_BYTES = 100_000_000;

    /** Of values, names and brackets: a tree of so many takes some hundreds of MB at most. */
    private static final int MAX_TOKENS = 4_000_000;

    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // its table gives up on names that collide
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .build())
                    .build())
            .build();

    private JsonFile() {}

    /**
     * The one object in a file of at most 100 MB.
     *
     * @throws BadInput if the file is missing, too long, or not such JSON
     */
    public static ObjectNode read(Path path) {
        try (InputStream in = opened(path)) {
            return parse(in, path.toString());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static InputStream opened(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new BadInput(path + " is missing; download the whole folder again");
        }
        if (!Files.isRegularFile(path)) {
            throw new BadInput(path + " cannot be read: it is no file; check the folder");
        }
        long bytes = Files.size(path);
        if (bytes > MAX_BYTES) {
            throw new BadInput(path + " has " + bytes + " bytes but at most " + MAX_BYTES
                    + " are read as JSON; download it again");
        }
        return Files.newInputStream(path);
    }

    private static BadInput unreadable(Path path, IOException e) {
        return new BadInput(path + " cannot be read (" + IoReason.of(e) + "); check that it is a readable file", e);
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
     * @param utf8 has an array
     * @param where what the bytes are, to begin an error with
     */
    public static ObjectNode parse(ByteBuffer utf8, String where) {
        try {
            int begin = utf8.arrayOffset() + utf8.position();
            return parse(new ByteArrayInputStream(utf8.array(), begin, utf8.remaining()), where);
        } catch (IOException e) {
            throw new IllegalStateException(e); // bytes in memory can be read
        }
    }

    private static ObjectNode parse(InputStream utf8, String where) throws IOException {
        // a decoder that reports what is not UTF-8, where a charset's name would put replacements
        InputStreamReader text = new InputStreamReader(utf8, StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = new BoundedParser(STRICT.getFactory().createParser(text))) {
            JsonNode node = STRICT.readTree(parser);
            if (!(node instanceof ObjectNode object)) {
                throw new BadInput(where + " is not a JSON object; download it again");
            }
            if (parser.nextToken() != null) {
                throw new BadInput(where + " is not strict JSON (more follows behind the object); download it again");
            }
            return object;
        } catch (CharacterCodingException e) {
            throw new BadInput(where + " is not UTF-8 text; download it again", e);
        } catch (JsonProcessingException e) {
            throw new BadInput(where + " is not strict JSON (" + JsonErrors.words(e) + "); download it again", e);
        }
    }

    /** Stops where there are too many tokens. */
    private static final class BoundedParser extends JsonParserDelegate {
        private int tokens;

        BoundedParser(JsonParser parser) {
            super(parser);
        }

        @Override
        public JsonToken nextToken() throws IOException {
            if (++tokens > MAX_TOKENS) {
                throw new TooMany("more than " + MAX_TOKENS + " names, values and brackets");
            }
            return super.nextToken();
        }
    }

    private static final class TooMany extends JsonProcessingException {
        TooMany(String what) {
            super(what);
        }
    }
}
