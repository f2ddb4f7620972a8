package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.lm.config.Family;

class ChatTemplateTest {
    static Stream<Arguments> references() {
        List<Arguments> all = new ArrayList<>();
        for (ChatTemplate template : ChatTemplate.values()) {
            JsonNode cases = Golden.json("chat/templates.json")
                    .path(template.name().toLowerCase(Locale.ROOT))
                    .path("cases");
            cases.forEach(one -> all.add(Arguments.of(template, one.path("name").asText(), one)));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1} {index}")
    @MethodSource("references")
    void everyReferenceCaseIsMatchedExactly(ChatTemplate template, String name, JsonNode one) {
        if (one.has("error")) {
            assertThatThrownBy(() -> spelt(template, one))
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith(one.get("error").textValue());
        } else {
            assertThat(spelt(template, one)).isEqualTo(one.get("expected").textValue());
        }
    }

    private static String spelt(ChatTemplate template, JsonNode one) {
        List<Message> chat = new ArrayList<>();
        one.get("messages")
                .forEach(turn -> chat.add(new Message(
                        turn.get("role").textValue(), turn.get("content").textValue())));
        if (!one.get("add_generation_prompt").booleanValue()) {
            return template.render(chat);
        }
        boolean thinkingOff = one.get("enable_thinking").isBoolean()
                && !one.get("enable_thinking").booleanValue();
        boolean noSwitch = template == ChatTemplate.GEMMA;
        return thinkingOff || noSwitch ? template.prompt(chat) : template.thinkingPrompt(chat);
    }

    @ParameterizedTest
    @EnumSource
    void aPromptAndItsAnswerAreTheWholeConversation(ChatTemplate template) {
        List<Message> chat = List.of(Message.user("one"), Message.assistant("two"), Message.user("three"));
        for (String reply : List.of("four", "\n four \n", "", "\n")) {
            List<Message> whole = new ArrayList<>(chat);
            whole.add(Message.assistant(reply));
            assertThat(template.prompt(chat) + template.answer(reply) + "\n").isEqualTo(template.render(whole));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerEndsWithTheTokenThatEndsATurn(ChatTemplate template) {
        assertThat(template.answer("yes")).isEqualTo("yes" + template.endOfTurn());
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyChatIsRefused(ChatTemplate template) {
        assertThatThrownBy(() -> template.prompt(List.of()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("0 turns but must have at least 1");
    }

    @Test
    void gemmaTrimsWhatPythonTrims() {
        assertThat(ChatTemplate.GEMMA.answer("\u00a0\u2007\u3000\u0085 a\u200bb \u001c\t"))
                .isEqualTo("a\u200bb<end_of_turn>");
    }

    @Test
    void gemmaSaysWhereASystemTurnMayGo() {
        assertThatThrownBy(() -> ChatTemplate.GEMMA.render(List.of(Message.user("a"), Message.system("b"))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("turn 2 is 'system'")
                .hasMessageContaining("first user turn");
    }

    @Test
    void qwen3KeepsThoughtsOfTurnsAfterTheLastQuestion() {
        String thought = "<think>\nwhy\n</think>\n\n";
        List<Message> chat = List.of(
                Message.user("q"),
                Message.assistant(thought + "a"),
                Message.user("<tool_response>t</tool_response>"),
                Message.assistant("b"));
        assertThat(ChatTemplate.QWEN3.render(chat))
                .contains("<|im_start|>assistant\n" + thought + "a<|im_end|>")
                .endsWith("<|im_start|>assistant\n<think>\n\n</think>\n\nb<|im_end|>\n");
    }

    @Test
    void qwen3RefusesToLearnThoughts() {
        assertThatThrownBy(() -> ChatTemplate.QWEN3.answer("<think>x</think>y"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("thinking is off");
    }

    @Test
    void familiesWithoutATemplateAreNamed() {
        assertThat(ChatTemplate.of(Family.GEMMA2)).isEqualTo(ChatTemplate.GEMMA);
        assertThatThrownBy(() -> ChatTemplate.of(Family.LLAMA))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("llama has no chat template");
    }
}
