package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.RealModels;
import org.selgen.chat.ChatSettings;
import org.selgen.chat.ChatTemplate;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.tokenizer.Tokenizer;

/** The templates and tokenizers of real models against transformers. */
@Tag("slow")
class ChatRealTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Stream<JsonNode> references() {
        return StreamSupport.stream(RealModels.golden().path("templates").spliterator(), false);
    }

    static Stream<String> folders() {
        List<String> names = references()
                .map(one -> one.get("tokenizer").textValue())
                .distinct()
                .toList();
        return names.isEmpty() ? Stream.of(RealModels.NONE) : names.stream();
    }

    private static List<Message> chat(JsonNode messages) {
        List<Message> chat = new ArrayList<>();
        messages.forEach(turn -> chat.add(
                new Message(turn.get("role").textValue(), turn.get("content").textValue())));
        return chat;
    }

    /** The folder's own template with the variables of the reference, which gives all templates what some read. */
    private static ChatTemplate template(Path folder, JsonNode one) throws IOException {
        Map<String, Object> variables = new HashMap<>();
        variables.put("enable_thinking", null);
        one.path("variables")
                .fields()
                .forEachRemaining(
                        each -> variables.put(each.getKey(), JSON.convertValue(each.getValue(), Object.class)));
        String config = Files.readString(folder.resolve("tokenizer_config.json"));
        variables.keySet().removeIf(name -> !config.contains(name) && !name.equals("enable_thinking"));
        return ChatTemplate.of(folder, "", new ChatSettings("", variables, ""));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void conversationsAreWrittenToTheCharacterAndReadToTheToken(String name) throws IOException {
        Path folder = RealModels.folder(name);
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            for (JsonNode one : references()
                    .filter(each -> each.get("tokenizer").asText().equals(name))
                    .toList()) {
                List<Message> chat = chat(one.get("messages"));
                ChatTemplate template = template(folder, one);
                if (one.has("error")) {
                    assertThatThrownBy(() -> template.render(chat))
                            .isInstanceOf(BadInput.class)
                            .hasMessageContaining(one.get("error").textValue());
                    continue;
                }
                boolean asks = one.get("add_generation_prompt").booleanValue();
                String text = asks ? template.prompt(chat) : template.render(chat);
                assertThat(text).as(one.toString()).isEqualTo(one.get("text").textValue());
                if (readAsTransformersDoes(folder, text)) {
                    assertThat(tokenizer.encode(text))
                            .as(one.toString())
                            .containsExactly(JSON.convertValue(one.get("ids"), long[].class));
                }
            }
        }
    }

    /**
     * For a {@code GPT2Tokenizer} transformers 5 puts GPT-2's own rules in the place of those of tokenizer.json, which the
     * model was trained with and which we keep. They differ where a digit follows blank lines.
     */
    private static boolean readAsTransformersDoes(Path folder, String text) throws IOException {
        String config = Files.readString(folder.resolve("tokenizer_config.json"));
        return !config.contains("\"GPT2Tokenizer\"") || !text.matches("(?s).*\\s\\s\\d.*");
    }

    @ParameterizedTest
    @MethodSource("folders")
    void anAnswerIsLearntWithTheTokenThatEndsItsTurn(String name) {
        Path folder = RealModels.folder(name);
        ChatTemplate template = ChatTemplate.of(folder, "", ChatSettings.DEFAULT);
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            ChatEncoder encoder =
                    new ChatEncoder(tokenizer, template, tokenizer.stops(template.ending()), Integer.MAX_VALUE);
            List<Message> chat = List.of(Message.user("Wie heißt das 🤔 Tier?"));
            Sequence row = encoder.answered(chat, "Äffchen 🐒 & Co.");
            long[] prompt = encoder.prompt(chat);
            assertThat(row.ids()).startsWith(prompt);
            long[] answer = Arrays.copyOfRange(row.ids(), prompt.length, row.length());
            assertThat(tokenizer.decode(answer))
                    .isEqualTo("Äffchen 🐒 & Co." + template.ending().strip());
            for (int t = 0; t < row.length(); t++) {
                assertThat(row.lossMask()[t]).isEqualTo(t >= prompt.length);
            }
            long beginnings = Arrays.stream(row.ids())
                    .filter(id -> tokenizer.beginning().isPresent()
                            && id == tokenizer.beginning().getAsLong())
                    .count();
            assertThat(beginnings).isEqualTo(tokenizer.beginning().isPresent() ? 1 : 0);
        }
    }
}
