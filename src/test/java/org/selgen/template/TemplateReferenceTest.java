package org.selgen.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.data.BadInput;

/** What Jinja gives in the environment of transformers, for templates in the forms of well-known families and for each feature. */
class TemplateReferenceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode REFERENCES = references();
    private static final LocalDate DAY = LocalDate.parse(REFERENCES.get("date").textValue());

    private static JsonNode references() {
        try (InputStream file = TemplateReferenceTest.class.getResourceAsStream("/template/references.json")) {
            return JSON.readTree(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> elements(String name) {
        return StreamSupport.stream(REFERENCES.get(name).spliterator(), false);
    }

    static Stream<Arguments> cases() {
        return elements("cases")
                .map(one -> Arguments.of(
                        one.get("form").textValue() + " " + one.get("chat").textValue(), one));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("cases")
    void aFormOfAFamilyIsRenderedToTheCharacter(String name, JsonNode one) {
        Map<String, Object> variables = variables(one.get("variables"));
        variables.put(
                "messages", value(REFERENCES.get("chats").get(one.get("chat").textValue())));
        variables.put("tools", one.get("tools").booleanValue() ? value(REFERENCES.get("tools")) : null);
        String template =
                REFERENCES.get("forms").get(one.get("form").textValue()).textValue();
        if (one.has("error")) {
            assertThatThrownBy(() -> Template.of(template).render(variables, DAY))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(one.get("error").textValue());
        } else {
            check(Template.of(template).render(variables, DAY), one);
        }
    }

    static Stream<JsonNode> snippets() {
        return elements("snippets");
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void aFeatureIsRenderedAsByJinjaOrRefusedLikeIt(JsonNode one) {
        Map<String, Object> variables = variables(REFERENCES.get("snippetVariables"));
        String template = one.get("template").textValue();
        if (one.has("refused")) {
            assertThatThrownBy(() -> Template.of(template).render(variables, DAY))
                    .isInstanceOf(BadInput.class);
        } else {
            check(Template.of(template).render(variables, DAY), one);
        }
    }

    private static void check(Rendering made, JsonNode expected) {
        assertThat(made.text()).isEqualTo(expected.get("text").textValue());
        List<List<Integer>> spans = new ArrayList<>();
        expected.path("spans")
                .forEach(span ->
                        spans.add(List.of(span.get(0).intValue(), span.get(1).intValue())));
        assertThat(made.learnt().stream().map(span -> List.of(points(made, span.begin()), points(made, span.end()))))
                .isEqualTo(spans);
    }

    private static int points(Rendering made, int place) {
        return made.text().codePointCount(0, place);
    }

    private static Map<String, Object> variables(JsonNode given) {
        return new LinkedHashMap<>(JSON.convertValue(
                given, JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class)));
    }

    private static Object value(JsonNode given) {
        return JSON.convertValue(given, Object.class);
    }
}
