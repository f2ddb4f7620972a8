package org.selgen.experiment.conf;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.selgen.data.BadInput;

/** YAML as trees; a key that stands twice is refused. */
final class YamlText {
    static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private YamlText() {}

    /** One value as YAML writes it. */
    public static JsonNode parse(String text, String where) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node.isMissingNode() ? MAPPER.nullNode() : node;
        } catch (JsonProcessingException e) {
            throw new BadInput(
                    where + " is not YAML: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        } catch (RuntimeException e) { // the library's own, on text it does not foresee
            throw new BadInput(where + " is not YAML: " + e, e);
        }
    }
}
