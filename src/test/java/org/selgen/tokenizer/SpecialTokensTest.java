package org.selgen.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.BadInput;
import org.selgen.file.JsonFile;

/** The small model's tokenizer: pad 0, eos 1, bos 2, end of turn 5; 511 tokens. */
class SpecialTokensTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        for (String file :
                List.of("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(Path.of("data-lake/models/tiny", file), folder.resolve(file));
        }
    }

    private void check() {
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            SpecialTokens.check(folder, tokenizer);
        }
    }

    private ObjectNode json(String file) {
        return JsonFile.read(folder.resolve(file));
    }

    private void write(String file, ObjectNode json) throws IOException {
        Files.writeString(folder.resolve(file), json.toString());
    }

    @Test
    void aTokenizerThatBelongsToItsModelIsAccepted() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"bos_token,<bos>,2", "pad_token,<pad>,0", "eos_token,<eos>,1"})
    void anotherTokenThanTheModelsIsRefusedWithBothNumbers(String kind, String token, int id) throws IOException {
        model(kind, 3);
        assertThatThrownBy(this::check)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("tokenizer_config.json: " + kind + " is '" + token + "', token " + id
                        + ", but the model's " + kind + "_id is 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bos_token", "pad_token", "eos_token"})
    void anOrdinaryTokenIsNotTheModels(String kind) throws IOException {
        model(kind, 77);
        assertThatThrownBy(this::check)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("tokenizer.json: the special tokens are 0, 1, 2, 3, 4, 5, but the model's " + kind
                        + "_id is 77");
    }

    private void model(String kind, int id) throws IOException {
        write("config.json", json("config.json").put(kind + "_id", id));
        write("generation_config.json", json("generation_config.json").put(kind + "_id", id));
    }

    @Test
    void aTokenizerForChatsMayNameTheEndOfATurn() throws IOException {
        model("eos_token", 1);
        ObjectNode chats = json("tokenizer_config.json").put("eos_token", "<end_of_turn>");
        write("tokenizer_config.json", chats);
        assertThatCode(this::check).doesNotThrowAnyException();
        chats.remove("chat_template");
        write("tokenizer_config.json", chats);
        assertThatThrownBy(this::check).hasMessageContaining("eos_token is '<end_of_turn>'");
    }

    @Test
    void anyOfTheStopTokensMayBeTheTokenizers() throws IOException {
        write("tokenizer_config.json", json("tokenizer_config.json").put("eos_token", "<end_of_turn>"));
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void aTokenizerWithoutItsConfigurationNeedsTheModelsTokensOnly() throws IOException {
        Files.delete(folder.resolve("tokenizer_config.json"));
        assertThatCode(this::check).doesNotThrowAnyException();
        model("bos_token", 77);
        assertThatThrownBy(this::check).hasMessageContaining("bos_token_id is 77");
    }

    @Test
    void aTokenBeyondTheEmbeddingIsRefused() throws IOException {
        assertThatCode(() -> Tokenizer.open(folder, 511).close()).doesNotThrowAnyException();
        assertThatThrownBy(() -> Tokenizer.open(folder, 510))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("has token 510, '")
                .hasMessageContaining("embedding has 510 rows (vocab_size)");
        add("<extra>", 511);
        assertThatThrownBy(() -> Tokenizer.open(folder, 511)).hasMessageContaining("has token 511, '<extra>', but");
    }

    @Test
    void aTokenForImagesMayBeBeyondTheEmbeddingButInNoText() throws IOException {
        add("<image_soft_token>", 511);
        try (Tokenizer tokenizer = Tokenizer.open(folder, 511)) {
            assertThat(tokenizer.encode("what is paris ?")).hasSize(4);
            assertThatThrownBy(() -> tokenizer.encode("what is <image_soft_token> ?"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("a text holds '<image_soft_token>', token 511, but the model's embedding has"
                            + " 511 rows");
        }
    }

    @Test
    void aNumberWithoutTokenHasNoText() {
        try (Tokenizer tokenizer = Tokenizer.open(folder, 600)) { // a padded embedding
            long[] ids = tokenizer.encode("what is paris ?");
            long[] longer = {ids[0], ids[1], 555, ids[2], 599, ids[3]};
            assertThat(tokenizer.decode(longer)).isEqualTo(tokenizer.decode(ids));
            assertThat(tokenizer.decodePlain(new long[] {555})).isEmpty();
        }
    }

    private void add(String token, int id) throws IOException {
        ObjectNode json = json("tokenizer.json");
        ObjectNode one = json.path("added_tokens").get(0).deepCopy();
        json.withArray("added_tokens").add(one.put("content", token).put("id", id));
        write("tokenizer.json", json);
    }
}
