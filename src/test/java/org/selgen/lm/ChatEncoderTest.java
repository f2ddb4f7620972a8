package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void whereATemplateMarksWhatIsLearntAllItMarksIsLearnt() {
        assertThat(learnt(TINY, GENERATION, CHAT, "yes").tokens())
                .containsExactly("5", "<end_of_turn>", "yes", "<end_of_turn>");
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
