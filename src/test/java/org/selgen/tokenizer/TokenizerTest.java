package org.selgen.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;

class TokenizerTest {
    /** Unigram that falls back to bytes, with a table of characters. */
    private static final Path UNIGRAM = Golden.committed("families/tokenizers/unigram");

    @TempDir
    Path folder;

    static Stream<Arguments> references() {
        List<Arguments> all = new ArrayList<>();
        for (Path style : List.of(
                Golden.path("tokenizer/gemma_style"), // BPE that falls back to bytes
                Golden.path("tokenizer/qwen_style"), // BPE of bytes
                UNIGRAM)) {
            Golden.json(style.resolve("expected.json"))
                    .path("cases")
                    .forEach(one -> all.add(Arguments.of(style, one.path("text").asText(), one)));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("references")
    void everyReferenceTextIsMatchedExactly(Path style, String text, JsonNode one) {
        try (Tokenizer tokenizer = Tokenizer.open(style)) {
            assertThat(tokenizer.encode(text)).containsExactly(longs(one.get("ids_no_special")));
            assertThat(tokenizer.decode(longs(one.get("ids"))))
                    .isEqualTo(one.get("decoded").textValue());
            assertThat(tokenizer.decodePlain(longs(one.get("ids"))))
                    .isEqualTo(one.get("decoded_skip_special").textValue());
        }
    }

    @Test
    void aLongTextIsNotCut() {
        try (Tokenizer tokenizer = gemma()) {
            assertThat(tokenizer.encode("hello there ".repeat(2000))).hasSizeGreaterThan(4000);
        }
    }

    @Test
    void aCutOrPaddingThatTheFileAsksForIsNotMade() throws IOException {
        String cut =
                "\"truncation\":{\"direction\":\"Right\",\"max_length\":3,\"strategy\":\"LongestFirst\",\"stride\":0}";
        String pad = "\"padding\":{\"strategy\":{\"Fixed\":64},\"direction\":\"Right\",\"pad_to_multiple_of\":null,"
                + "\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"<pad>\"}";
        String json = Files.readString(Golden.path("tokenizer/gemma_style/tokenizer.json"));
        String asking = json.replaceFirst("\"truncation\": *null", cut).replaceFirst("\"padding\": *null", pad);
        assertThat(asking).contains("max_length", "Fixed");
        Files.writeString(folder.resolve("tokenizer.json"), asking);
        try (Tokenizer plain = gemma();
                Tokenizer tokenizer = Tokenizer.open(folder)) {
            assertThat(tokenizer.encode("Hello world")).isEqualTo(plain.encode("Hello world"));
        }
    }

    @Test
    void aTextOfManyThreadsHasTheTokensOfOne() {
        try (Tokenizer tokenizer = gemma()) {
            List<long[]> alone = IntStream.range(0, 200)
                    .mapToObj(i -> tokenizer.encode("the fox " + i))
                    .toList();
            List<long[]> together = IntStream.range(0, 200)
                    .parallel()
                    .mapToObj(i -> tokenizer.encode("the fox " + i))
                    .toList();
            assertThat(together).usingRecursiveComparison().isEqualTo(alone);
        }
    }

    @Test
    void aZeroCharacterSurvives() {
        try (Tokenizer tokenizer = gemma()) {
            assertThat(tokenizer.decode(tokenizer.encode("a\0b"))).isEqualTo("a\0b");
        }
    }

    @Test
    void halfASurrogatePairIsRefused() {
        try (Tokenizer tokenizer = gemma()) {
            assertThatThrownBy(() -> tokenizer.encode("a\ud83d"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("half a surrogate pair");
        }
    }

    @Test
    void anUnknownTokenIsNamed() {
        try (Tokenizer tokenizer = gemma()) {
            assertThat(tokenizer.id("<end_of_turn>")).isEqualTo(5);
            assertThatThrownBy(() -> tokenizer.id("<|im_end|>"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("tokenizer.json has no token '<|im_end|>'");
        }
    }

    @Test
    void specialTokensComeFromTheFilesBesideIt() throws IOException {
        write(
                "tokenizer_config.json",
                "{\"bos_token\":\"<bos>\",\"pad_token\":{\"content\":\"<pad>\"},\"eos_token\":{\"content\":\"<eos>\"}}");
        write("generation_config.json", "{\"eos_token_id\":[1,7]}");
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            assertThat(tokenizer.stops("<end_of_turn>\n")).containsExactlyInAnyOrder(1L, 5L, 7L);
        }
    }

    @Test
    void theModelsConfigIsAskedLast() throws IOException {
        write("config.json", "{\"bos_token_id\":2,\"pad_token_id\":0,\"eos_token_id\":1}");
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            assertThat(tokenizer.stops("<end_of_turn>\n")).containsExactlyInAnyOrder(1L, 5L);
        }
    }

    @Test
    void aMissingSpecialTokenIsNamedWithItsFile() throws IOException {
        write("tokenizer_config.json", "{\"eos_token\":null}");
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            assertThatThrownBy(() -> tokenizer.stops("<end_of_turn>\n"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("names no eos token")
                    .hasMessageContaining("add \"eos_token\" to " + folder.resolve("tokenizer_config.json"));
        }
    }

    @Test
    void aSpecialTokenTheTokenizerLacksIsNamed() throws IOException {
        write("tokenizer_config.json", "{\"eos_token\":\"<nothing>\"}");
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            assertThatThrownBy(() -> tokenizer.stops("<end_of_turn>\n"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("no token '<nothing>'");
        }
    }

    @Test
    void aSpecialTokenOfAnotherTypeIsRefused() throws IOException {
        write("tokenizer_config.json", "{\"eos_token\":7}");
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            assertThatThrownBy(() -> tokenizer.stops("<end_of_turn>\n"))
                    .hasMessageContaining("eos_token is 7 but must be a token");
        }
        write("generation_config.json", "{\"eos_token_id\":\"x\"}");
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            assertThatThrownBy(() -> tokenizer.stops("<end_of_turn>\n"))
                    .hasMessageContaining("eos_token_id is \"x\" but must be a token id");
        }
    }

    @Test
    void aFolderWithoutTokenizerIsRefused() {
        assertThatThrownBy(() -> Tokenizer.open(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(folder.resolve("tokenizer.json") + " is missing");
    }

    @Test
    void aDamagedTokenizerIsRefused() throws IOException {
        for (String text : List.of("{}", "{\"model\":null}", "{\"model\":{\"type\":\"BPE\"},\"decoder\":7}")) {
            Files.writeString(folder.resolve("tokenizer.json"), text);
            assertThatThrownBy(() -> Tokenizer.open(folder))
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith(folder.resolve("tokenizer.json") + " is not a tokenizer")
                    .hasMessageEndingWith("download it again");
        }
    }

    @Test
    void aCutTokenizerIsRefused() throws IOException {
        String json = Files.readString(Golden.path("tokenizer/gemma_style/tokenizer.json"));
        for (int length = 0; length < json.stripTrailing().length(); length += 97) {
            Files.writeString(folder.resolve("tokenizer.json"), json.substring(0, length));
            assertThatThrownBy(() -> Tokenizer.open(folder)).isInstanceOf(BadInput.class);
        }
    }

    private void write(String file, String json) throws IOException {
        if (!Files.exists(folder.resolve("tokenizer.json"))) {
            Files.copy(Golden.path("tokenizer/gemma_style/tokenizer.json"), folder.resolve("tokenizer.json"));
        }
        Files.writeString(folder.resolve(file), json);
    }

    private static Tokenizer gemma() {
        return Tokenizer.open(Golden.path("tokenizer/gemma_style"));
    }

    private static long[] longs(JsonNode ids) {
        return IntStream.range(0, ids.size())
                .mapToLong(i -> ids.get(i).longValue())
                .toArray();
    }
}
