package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.selgen.chat.ChatSettings;
import org.selgen.chat.ChatTemplate;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.tokenizer.Tokenizer;

/**
 * The templates and tokenizers of real models, against what transformers gave for them:
 * {@code mvn test -Dtest=ChatRealTest -Dmodels.dir=DIR -Dmodels.golden=FILE}.
 */
class ChatRealTest {
    private static Path given(String property) {
        String value = System.getProperty(property, "");
        Assumptions.assumeFalse(value.isBlank(), "not run: -D" + property + " is not given");
        return Path.of(value);
    }

    private static JsonNode golden() throws IOException {
        return new ObjectMapper().readTree(given("models.golden").toFile());
    }

    private static List<Message> chat(JsonNode messages) {
        List<Message> chat = new ArrayList<>();
        messages.forEach(turn -> chat.add(
                new Message(turn.get("role").textValue(), turn.get("content").textValue())));
        return chat;
    }

    private static ChatTemplate template(Path folder, JsonNode one) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("enable_thinking", null);
        one.path("variables").fields().forEachRemaining(each -> variables.put(
                each.getKey(), new ObjectMapper().convertValue(each.getValue(), Object.class)));
        variables.keySet().removeIf(name -> name.equals("date_string")); // read by no template of these folders
        return ChatTemplate.of(folder, "", new ChatSettings("", variables, ""));
    }

    @Test
    void conversationsAreWrittenToTheCharacterAndReadToTheToken() throws IOException {
        Path models = given("models.dir");
        int checked = 0;
        for (JsonNode one : golden().get("templates")) {
            Path folder = models.resolve(one.get("tokenizer").textValue());
            boolean asks = one.get("add_generation_prompt").booleanValue();
            List<Message> chat = chat(one.get("messages"));
            ChatTemplate template = template(folder, one);
            if (one.has("error")) {
                assertThatThrownBy(() -> template.render(chat))
                        .isInstanceOf(BadInput.class)
                        .hasMessageContaining(one.get("error").textValue());
            } else {
                String text = asks ? template.prompt(chat) : template.render(chat);
                assertThat(text).as(one.toString()).isEqualTo(one.get("text").textValue());
                try (Tokenizer tokenizer = Tokenizer.open(folder)) {
                    long[] ids = new ObjectMapper().convertValue(one.get("ids"), long[].class);
                    assertThat(tokenizer.encode(text)).as(one.toString()).containsExactly(ids);
                }
            }
            checked++;
        }
        assertThat(checked).isPositive();
    }

    @Test
    void anAnswerIsLearntWithTheTokenThatEndsItsTurn() throws IOException {
        Path models = given("models.dir");
        for (String name : List.of("smollm2-135m", "tokenizers/gemma3", "tokenizers/llama3_1", "tokenizers/qwen3")) {
            Path folder = models.resolve(name);
            ChatTemplate template = ChatTemplate.of(folder, "", ChatSettings.DEFAULT);
            try (Tokenizer tokenizer = Tokenizer.open(folder)) {
                ChatEncoder encoder =
                        new ChatEncoder(tokenizer, template, tokenizer.stops(template.ending()), Integer.MAX_VALUE);
                List<Message> chat = List.of(Message.user("Wie heißt das 🤔 Tier?"));
                Sequence row = encoder.answered(chat, "Äffchen 🐒 & Co.");
                long[] prompt = encoder.prompt(chat);
                assertThat(row.ids()).as(name).startsWith(prompt);
                long[] answer = java.util.Arrays.copyOfRange(row.ids(), prompt.length, row.length());
                String ending = template.ending().strip();
                assertThat(tokenizer.decode(answer)).as(name).isEqualTo("Äffchen 🐒 & Co." + ending);
                for (int t = 0; t < row.length(); t++) {
                    assertThat(row.lossMask()[t]).isEqualTo(t >= prompt.length);
                }
            }
        }
    }
}
