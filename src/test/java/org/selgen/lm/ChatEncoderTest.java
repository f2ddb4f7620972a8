package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.Golden;
import org.selgen.chat.ChatSettings;
import org.selgen.chat.ChatTemplate;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.file.JsonFile;
import org.selgen.tensor.DType;
import org.selgen.tokenizer.Tokenizer;

/** Which tokens are learnt is told by their places in the text. */
class ChatEncoderTest {
    private static final Path TINY = Path.of("data-lake/models/tiny");
    private static final List<Message> CHAT =
            List.of(Message.user("what is 2 + 3 ?"), Message.assistant("5"), Message.user("are you sure ?"));
    private static final String GENERATION = """
            {{ bos_token }}{% for turn in messages %}{{ turn.role + ' ' }}\
            {% if turn.role == 'assistant' %}{% generation %}{{ turn.content + '<end_of_turn>' }}{% endgeneration %}\
            {% else %}{{ turn.content }}{% endif %}{{ '\\n' }}{% endfor %}""";

    /** The texts of the learnt tokens, and how many tokens there are. */
    private record Learnt(List<String> tokens, int length, int ofText) {}

    private static Learnt learnt(Path folder, String template, List<Message> chat, String answer) {
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            ChatTemplate written = ChatTemplate.of(folder, "gemma", new ChatSettings(template, Map.of(), ""));
            Sequence row =
                    new ChatEncoder(tokenizer, written, tokenizer.stops(written.ending()), 999).answered(chat, answer);
            List<String> tokens = new ArrayList<>();
            for (int t = 0; t < row.length(); t++) {
                if (row.lossMask()[t]) {
                    tokens.add(tokenizer.decode(new long[] {row.ids()[t]}));
                }
            }
            int all = tokenizer.encode(written.answered(chat, answer).text()).length;
            return new Learnt(tokens, row.length(), all);
        }
    }

    @Test
    void theAnswerAndTheTokenThatEndsItsTurnAreLearntAndNothingBehind() {
        Learnt learnt = learnt(TINY, "", CHAT, "yes , 5 .");
        assertThat(learnt.tokens()).containsExactly("yes", ",", "5", ".", "<end_of_turn>");
        assertThat(learnt.length()).isLessThanOrEqualTo(learnt.ofText());
    }

    @Test
    void aRowIsThePromptsTokensAndTheAnswers() {
        try (LanguageModel model = LanguageModel.open(TINY, DType.F32)) {
            ChatEncoder encoder = model.encoder(128);
            long[] prompt = encoder.prompt(CHAT);
            Sequence row = encoder.answered(CHAT, "no .");
            assertThat(row.ids()).startsWith(prompt);
            assertThat(row.ids()[row.length() - 1]).isEqualTo(5);
            for (int t = 0; t < row.length(); t++) {
                assertThat(row.lossMask()[t]).isEqualTo(t >= prompt.length);
            }
        }
    }

    @Test
    void whereATemplateMarksWhatIsLearntThatOfTheAnswerIs() {
        assertThat(learnt(TINY, GENERATION, CHAT, "yes").tokens()).containsExactly("yes", "<end_of_turn>");
    }

    @Test
    void placesCountCharactersNotCodePoints(@TempDir Path bytes) throws IOException {
        Files.copy(
                Golden.path("tokenizer/qwen_style/tokenizer.json"),
                bytes.resolve("tokenizer.json")); // a 🙂 is four tokens
        Files.writeString(bytes.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|im_end|>\"}");
        String template = GENERATION.replace("{{ bos_token }}", "").replace("<end_of_turn>", "<|im_end|>");
        List<Message> chat = List.of(Message.user("🙂🙂🙂 a"));
        assertThat(learnt(bytes, template, chat, "b c").tokens())
                .startsWith("b")
                .endsWith("<|im_end|>")
                .doesNotContain("a");
        assertThat(learnt(bytes, template, chat, "🙂").tokens()).hasSize(5).endsWith("<|im_end|>");
    }

    private static final String ROLES = "{{ bos_token }}{% for turn in messages %}{{ turn.role }}:X{{ turn.content }}"
            + "{{ eos_token if turn.role == 'assistant' }}\n{% endfor %}{% if add_generation_prompt %}assistant:X{% endif %}";

    @Test
    void exactlyOneBeginningTokenIsAskedOfATemplate(@TempDir Path model) throws IOException {
        Files.copy(Golden.path("tokenizer/gemma_style/tokenizer.json"), model.resolve("tokenizer.json"));
        Files.writeString(
                model.resolve("tokenizer_config.json"), "{\"bos_token\": \"<bos>\", \"eos_token\": \"<eos>\"}");
        String one = ROLES.replace("X", "\n");
        assertThat(learnt(model, one, CHAT, "yes").tokens()).endsWith("<eos>");
        assertThatThrownBy(() -> learnt(model, "{{ bos_token }}" + one, CHAT, "yes"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("writes the beginning token <bos> twice");
        assertThatThrownBy(() -> learnt(model, one.replace("{{ bos_token }}", ""), CHAT, "yes"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("does not begin with the beginning token <bos>");
    }

    @Test
    void aPromptWhoseEndIsOneTokenWithTheAnswerIsRefused(@TempDir Path model) throws IOException {
        Files.copy(Golden.path("tokenizer/qwen_style/tokenizer.json"), model.resolve("tokenizer.json"));
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|im_end|>\"}");
        assertThat(learnt(model, ROLES.replace("X", "\n"), CHAT, "the").tokens())
                .endsWith("<|im_end|>");
        assertThatThrownBy(() -> learnt(model, ROLES.replace("X", " "), CHAT, "the"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(
                        "ends a prompt with the token ' ', which is another one with the answer behind it, ' the'");
    }

    @Test
    void aModelWhosePaddingEndsItsTurnsLearnsToStop(@TempDir Path model) throws IOException {
        Files.copy(TINY.resolve("tokenizer.json"), model.resolve("tokenizer.json"));
        Files.writeString(
                model.resolve("tokenizer_config.json"),
                "{\"bos_token\": \"<bos>\", \"eos_token\": \"<eos>\", \"pad_token\": \"<eos>\"}");
        assertThat(learnt(model, ROLES.replace("X", "\n"), CHAT, "yes").tokens())
                .containsExactly("yes", "<eos>");
    }

    @Test
    void aTokenThatTakesTheWhiteSpaceBehindItTakesItInTrainingToo(@TempDir Path model) throws IOException {
        ObjectNode json = JsonFile.read(TINY.resolve("tokenizer.json"));
        for (JsonNode token : json.get("added_tokens")) {
            ((ObjectNode) token).put("rstrip", true);
        }
        Files.writeString(model.resolve("tokenizer.json"), json.toString());
        Files.copy(TINY.resolve("tokenizer_config.json"), model.resolve("tokenizer_config.json"));
        String phi =
                "{{ bos_token }}{% for turn in messages %}<start_of_turn>\n{{ turn.content }}<end_of_turn>\n{% endfor %}"
                        + "{% if add_generation_prompt %}<start_of_turn>\n{% endif %}";
        assertThat(learnt(model, phi, CHAT, "yes").tokens()).containsExactly("yes", "<end_of_turn>");
    }

    @Test
    void anAnswerWithoutATokenThatStopsIsRefused() {
        String plain = "{{ bos_token }}{% for turn in messages %}{{ turn.role }}: {{ turn.content }}\n{% endfor %}"
                + "{% if add_generation_prompt %}assistant: {% endif %}";
        assertThatThrownBy(() -> learnt(TINY, plain, CHAT, "yes"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("in which no token stops generation")
                .hasMessageContaining("{{ eos_token }}");
        String mended = plain.replace(
                "{{ turn.content }}", "{{ turn.content }}{% if turn.role == 'assistant' %}{{ eos_token }}{% endif %}");
        assertThat(learnt(TINY, mended, CHAT, "yes").tokens()).containsExactly("yes", "<eos>");
    }

    @Test
    void aTemplateThatMarksNothingOfARowIsRefused() {
        String nothing = "{{ bos_token }}{% generation %}{% endgeneration %}{{ messages[0].content }}";
        assertThatThrownBy(() -> learnt(TINY, nothing, CHAT, "yes"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no token of this row would be learnt");
    }

    @Test
    void aRowThatIsTooLongIsRefused() {
        try (LanguageModel model = LanguageModel.open(TINY, DType.F32)) {
            assertThatThrownBy(() -> model.encoder(5).answered(CHAT, "yes"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("at most 5 fit");
        }
    }
}
