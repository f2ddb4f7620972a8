package org.selgen.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.data.Message;

class BuiltInTemplateTest {
    private static final ChatTemplate GEMMA = ChatTemplate.of("gemma", ChatSettings.DEFAULT);
    private static final ChatTemplate QWEN3 = ChatTemplate.of("qwen3", ChatSettings.DEFAULT);

    static Stream<Arguments> references() {
        List<Arguments> all = new ArrayList<>();
        for (String family : List.of("gemma", "qwen3")) {
            Golden.json("chat/templates.json")
                    .path(family)
                    .path("cases")
                    .forEach(
                            one -> all.add(Arguments.of(family, one.path("name").asText(), one)));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1} {index}")
    @MethodSource("references")
    void everyReferenceCaseIsMatchedExactly(String family, String name, JsonNode one) {
        if (one.has("error")) {
            assertThatThrownBy(() -> written(family, one))
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith(one.get("error").textValue());
        } else {
            assertThat(written(family, one)).isEqualTo(one.get("expected").textValue());
        }
    }

    private static String written(String family, JsonNode one) {
        List<Message> chat = new ArrayList<>();
        one.get("messages")
                .forEach(turn -> chat.add(new Message(
                        turn.get("role").textValue(), turn.get("content").textValue())));
        Map<String, Object> variables = new HashMap<>();
        if (family.equals("qwen3")) {
            JsonNode thinking = one.get("enable_thinking");
            variables.put("enable_thinking", thinking.isBoolean() ? (Object) thinking.booleanValue() : null);
        }
        ChatTemplate template = ChatTemplate.of(family, new ChatSettings("", variables, ""));
        return one.get("add_generation_prompt").booleanValue() ? template.prompt(chat) : template.render(chat);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemma", "qwen3"})
    void aPromptAndItsAnswerAreTheWholeConversation(String family) {
        ChatTemplate template = ChatTemplate.of(family, ChatSettings.DEFAULT);
        List<Message> chat = List.of(Message.user("one"), Message.assistant("two"), Message.user("three"));
        for (String reply : List.of("four", "\n four \n", "", "\n")) {
            List<Message> whole = new ArrayList<>(chat);
            whole.add(Message.assistant(reply));
            ChatTemplate.Answered answered = template.answered(chat, reply);
            assertThat(answered.text()).isEqualTo(template.render(whole)).startsWith(template.prompt(chat));
            assertThat(answered.begin()).isEqualTo(template.prompt(chat).length());
            assertThat(answered.text().substring(answered.end())).isEqualTo(template.ending());
        }
    }

    @Test
    void anAnswersTurnEndsWithItsToken() {
        assertThat(GEMMA.ending()).isEqualTo("<end_of_turn>\n");
        assertThat(QWEN3.ending()).isEqualTo("<|im_end|>\n");
    }

    @Test
    void anEmptyChatIsRefused() {
        assertThatThrownBy(() -> GEMMA.prompt(List.of()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("0 turns but must have at least 1");
    }

    @Test
    void gemmaTrimsWhatPythonTrims() {
        String content = "\u00a0\u2007\u3000\u0085 a\u200bb \u001c\t";
        assertThat(GEMMA.render(List.of(Message.user(content))))
                .isEqualTo("<bos><start_of_turn>user\na\u200bb<end_of_turn>\n");
    }

    @Test
    void gemmaSaysWhereASystemTurnMayGo() {
        assertThatThrownBy(() -> GEMMA.render(List.of(Message.user("a"), Message.system("b"))))
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
        assertThat(QWEN3.render(chat))
                .contains("<|im_start|>assistant\n" + thought + "a<|im_end|>")
                .endsWith("<|im_start|>assistant\n<think>\n\n</think>\n\nb<|im_end|>\n");
    }

    @Test
    void thoughtsAreLearntOnlyWhereThePromptLeavesRoomForThem() {
        List<Message> chat = List.of(Message.user("q"));
        assertThatThrownBy(() -> QWEN3.answered(chat, "<think>x</think>y"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("would learn another text than it is asked")
                .hasMessageContaining("enable_thinking");
        ChatTemplate thinking = ChatTemplate.of("qwen3", new ChatSettings("", Map.of("enable_thinking", true), ""));
        ChatTemplate.Answered answered = thinking.answered(chat, "<think>x</think>y");
        assertThat(answered.text().substring(answered.begin())).isEqualTo("<think>\nx\n</think>\n\ny<|im_end|>\n");
    }
}
