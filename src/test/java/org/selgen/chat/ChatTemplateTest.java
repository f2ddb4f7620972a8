package org.selgen.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Message;

/** Which template a model gets, and what it is given. */
class ChatTemplateTest {
    private static final List<Message> CHAT = List.of(Message.user("hi"));
    private static final String JSON_TEMPLATE = "{\"bos_token\": {\"content\": \"<s>\"}, \"chat_template\": %s}";

    @TempDir
    private Path folder;

    private ChatTemplate template() {
        return ChatTemplate.of(folder, "llama", ChatSettings.DEFAULT);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private static ChatSettings variables(Map<String, Object> variables) {
        return new ChatSettings("", variables, "");
    }

    @Test
    void theFoldersOwnComesBeforeTheBuiltInOne() throws IOException {
        assertThat(ChatTemplate.of(folder, "gemma", ChatSettings.DEFAULT).origin())
                .isEqualTo(ChatTemplate.Origin.BUILT_IN);
        write("tokenizer_config.json", JSON_TEMPLATE.formatted("\"{{ bos_token }}{{ messages[0].content }}\""));
        ChatTemplate own = ChatTemplate.of(folder, "gemma", ChatSettings.DEFAULT);
        assertThat(own.origin()).isEqualTo(ChatTemplate.Origin.FOLDER);
        assertThat(own.source())
                .isEqualTo(folder.resolve("tokenizer_config.json").toString());
        assertThat(own.render(CHAT)).isEqualTo("<s>hi");
    }

    @Test
    void aFileOfItsOwnComesBeforeTheConfigAndTheConfigBeforeTheOldFile() throws IOException {
        write("chat_template.json", "{\"chat_template\": \"old\"}");
        assertThat(template().render(CHAT)).isEqualTo("old");
        write("tokenizer_config.json", JSON_TEMPLATE.formatted("\"config\""));
        assertThat(template().render(CHAT)).isEqualTo("config");
        write("chat_template.jinja", "file");
        assertThat(template().render(CHAT)).isEqualTo("file");
    }

    @Test
    void ofSeveralByNameTheDefaultIsTaken() throws IOException {
        String list = "[{\"name\": \"tool_use\", \"template\": \"a\"}, {\"name\": \"%s\", \"template\": \"b\"}]";
        write("tokenizer_config.json", JSON_TEMPLATE.formatted(list.formatted("default")));
        assertThat(template().render(CHAT)).isEqualTo("b");
        write("tokenizer_config.json", JSON_TEMPLATE.formatted(list.formatted("rag")));
        assertThatThrownBy(this::template)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("[rag, tool_use]")
                .hasMessageContaining("set chat.template");
    }

    @Test
    void aModelWithoutOneIsRefusedWithTheTwoWaysToGiveOne() {
        assertThatThrownBy(this::template)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(folder + " has no chat template")
                .hasMessageContaining("set chat.template in the experiment")
                .hasMessageContaining("put a chat_template.jinja into the folder");
    }

    @Test
    void thatOfTheExperimentComesFirst() throws IOException {
        write("chat_template.jinja", "file");
        ChatSettings settings = new ChatSettings("{{ messages[0].role }}", Map.of(), "");
        assertThat(ChatTemplate.of(folder, "gemma", settings).render(CHAT)).isEqualTo("user");
    }

    @Test
    void oneThatCannotBeReadIsNamedWithItsFileAndLine() throws IOException {
        write("chat_template.jinja", "a\n{% include 'b' %}");
        assertThatThrownBy(this::template)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("chat_template.jinja")
                .hasMessageContaining("line 2 of the template: the statement 'include' is not rendered here");
    }

    @Test
    void toolsAndDocumentsAreThereAndNone() throws IOException {
        write("chat_template.jinja", "{{ tools is none }} {{ documents is none }} {{ tools is defined }}");
        assertThat(template().render(CHAT)).isEqualTo("True True True");
    }

    @Test
    void thinkingIsOffUnlessTheExperimentSaysOtherwise() throws IOException {
        write("chat_template.jinja", "{{ enable_thinking if enable_thinking is defined else 'unset' }}{{ depth }}");
        assertThat(template().render(CHAT)).isEqualTo("False");
        ChatSettings on = variables(Map.of("enable_thinking", true, "depth", 3));
        assertThat(ChatTemplate.of(folder, "llama", on).render(CHAT)).isEqualTo("True3");
        Map<String, Object> unset = new HashMap<>();
        unset.put("enable_thinking", null);
        assertThat(ChatTemplate.of(folder, "llama", variables(unset)).render(CHAT))
                .isEqualTo("unset");
    }

    @Test
    void aVariableThatTheTemplateNeverReadsIsRefused() throws IOException {
        write("chat_template.jinja", "{{ enable_thinking }}");
        assertThatThrownBy(() -> ChatTemplate.of(folder, "llama", variables(Map.of("enable_thinkng", true))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("'enable_thinkng', which the chat template")
                .hasMessageContaining("never reads");
    }

    @Test
    void theDateIsThatOfTheExperimentAndElseTheTemplatesOwn() throws IOException {
        write("chat_template.jinja", "{{ strftime_now('%d %b') if strftime_now is defined else 'mine' }}");
        assertThat(template().render(CHAT)).isEqualTo("mine");
        ChatSettings dated = new ChatSettings("", Map.of(), "2026-09-01");
        assertThat(ChatTemplate.of(folder, "llama", dated).render(CHAT)).isEqualTo("01 Sep");
    }

    @Test
    void onlyWhatDiffersFromSilenceDecidesARun() {
        assertThat(ChatSettings.DEFAULT.decisive()).isEmpty();
        assertThat(variables(Map.of("enable_thinking", false)).decisive()).isEmpty();
        assertThat(variables(Map.of("enable_thinking", true)).decisive()).containsOnlyKeys("variables");
        assertThat(new ChatSettings("{{ 1 }}", Map.of(), "2026-01-01").decisive())
                .containsOnlyKeys("template", "date");
    }

    @Test
    void settingsThatCannotBeUsedAreNamed() {
        for (String[] bad : new String[][] {
            {"plain.txt", "", "chat.template is 'plain.txt'"},
            {"{% if %}", "", "line 1 of the template"},
            {"", "1.1.26", "chat.date is '1.1.26'"}
        }) {
            assertThatThrownBy(() -> new ChatSettings(bad[0], Map.of(), bad[1]))
                    .as(Arrays.toString(bad))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(bad[2]);
        }
        assertThatThrownBy(() -> variables(Map.of("messages", 1)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("which selgen sets itself");
    }

    @Test
    void anAdaptersFolderSaysHowItWasAsked() {
        ChatSettings settings = new ChatSettings("{{ a }}", Map.of("a", 1, "b", "x"), "2026-01-01");
        ChatFiles.write(folder, settings);
        assertThat(ChatFiles.read(folder)).isEqualTo(settings);
        ChatSettings other =
                settings.with("", ChatFiles.assigned(List.of("b=true", "c=some words", "d=2")), "2026-02-02");
        assertThat(other)
                .isEqualTo(new ChatSettings(
                        "{{ a }}", Map.of("a", 1, "b", true, "c", "some words", "d", 2), "2026-02-02"));
    }

    @Test
    void anAdapterThatWasAskedAsEverLeavesNoFile() {
        ChatFiles.write(folder, ChatSettings.DEFAULT);
        assertThat(folder).isEmptyDirectory();
        assertThat(ChatFiles.read(folder)).isEqualTo(ChatSettings.DEFAULT);
    }
}
