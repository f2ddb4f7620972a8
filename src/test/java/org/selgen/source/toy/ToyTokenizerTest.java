package org.selgen.source.toy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.Message;

class ToyTokenizerTest {
    @TempDir
    static Path folder;

    static HuggingFaceTokenizer tokenizer;

    @BeforeAll
    static void write() throws IOException {
        ToyTokenizer.write(folder);
        tokenizer = HuggingFaceTokenizer.newInstance(folder, Map.of("truncation", "false", "padding", "false"));
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    private static long[] ids(String text) {
        return tokenizer.encode(text, false, false).getIds();
    }

    @Test
    void everySentenceComesBackWithoutUnknownWords() {
        ToyPretraining text = new ToyPretraining(ToyPretraining.Phase.UNALIGNED, 5);
        Stream<String> passages = Stream.generate(text::next)
                .limit(5000)
                .flatMap(p -> Stream.concat(p.prompt().stream().map(Message::content), Stream.of(p.reply())));
        Stream.concat(ToyVocabulary.sentences(), passages).distinct().forEach(sentence -> {
            long[] ids = ids(sentence);
            assertThat(ids).doesNotContain(ToyTokenizer.UNK).hasSize(sentence.split(" ").length);
            assertThat(tokenizer.decode(ids, false)).isEqualTo(sentence);
        });
    }

    @Test
    void aTurnIsMarkersAndWords() {
        long[] ids = ids("<bos><start_of_turn>user\nIs it 6?<end_of_turn>\n<start_of_turn>model\n");
        assertThat(tokenizer.decode(ids, false))
                .isEqualTo("<bos> <start_of_turn> user is it 6 ? <end_of_turn> <start_of_turn> model");
    }

    @Test
    void theMarkersHaveTheIdsTheConfigurationNames() {
        assertThat(ids("<pad><eos><bos><unk>")).containsExactly(0, 1, 2, 3);
        assertThat(ids("<end_of_turn>")).containsExactly(ToyTokenizer.END_OF_TURN);
    }

    @Test
    void theVocabularyOfAVersionNeverChanges() throws Exception {
        String words = String.join("\n", ToyVocabulary.words());
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
        assertThat(ToyTokenizer.VERSION + " " + ToyTokenizer.VOCABULARY + " "
                        + HexFormat.of().formatHex(hash, 0, 8))
                .isEqualTo("toy-world-1 511 3c5a2fc727100bc8");
    }

    @Test
    void theConfigurationKeepsTheVersion() throws IOException {
        JsonNode config = new ObjectMapper()
                .readTree(folder.resolve("tokenizer_config.json").toFile());
        assertThat(config.path("vocabulary_version").asText()).isEqualTo(ToyTokenizer.VERSION);
    }

    @Test
    void generationStopsAtTheEndOfTheTextOrOfTheTurn() throws IOException {
        JsonNode config = new ObjectMapper()
                .readTree(folder.resolve("generation_config.json").toFile());
        assertThat(Arrays.asList(
                        config.path("eos_token_id").get(0).asInt(),
                        config.path("eos_token_id").get(1).asInt()))
                .containsExactly(1, 5);
    }
}
