package org.selgen.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.Golden;
import org.selgen.file.JsonFile;

class CharsmapTest {
    private static final ObjectNode TOKENIZER =
            JsonFile.read(Golden.committed("families/tokenizers/unigram/tokenizer.json"));
    private static final String SOUND = ((ObjectNode) TOKENIZER.at("/normalizer/normalizers/0"))
            .get("precompiled_charsmap")
            .textValue();

    @TempDir
    private Path folder;

    private static byte[] bytes() {
        return Base64.getDecoder().decode(SOUND);
    }

    private static boolean sound(byte[] table) {
        return Charsmap.problem(Base64.getEncoder().encodeToString(table)).isEmpty();
    }

    @Test
    void aTableOfSentencePieceIsSound() {
        assertThat(Charsmap.problem(SOUND)).isEmpty();
    }

    @Test
    void aTableThatIsCutOrNoneIsNot() {
        byte[] table = bytes();
        assertThat(sound(Arrays.copyOf(table, table.length / 2))).isFalse();
        assertThat(Charsmap.problem("")).contains("an empty table");
        assertThat(Charsmap.problem("?")).contains("a damaged table");
    }

    @Test
    void aTrieThatClaimsMoreThanTheFileHoldsIsRefusedBeforeItIsRead() {
        byte[] table = bytes();
        table[3] = 0x7f; // length of the trie: 2 GB
        assertThat(sound(table)).isFalse();
    }

    /** Where a step leads out of the table, the native library would end this process. */
    @Test
    void aTableThatIsFoundSoundEndsNoProcess() throws IOException {
        Random random = new Random(1);
        int sound = 0;
        for (int trial = 0; trial < 100; trial++) {
            byte[] table = bytes();
            table[random.nextInt(table.length)] = (byte) random.nextInt();
            if (sound(table)) {
                sound++;
                ObjectNode copy = TOKENIZER.deepCopy();
                ((ObjectNode) copy.at("/normalizer/normalizers/0"))
                        .put("precompiled_charsmap", Base64.getEncoder().encodeToString(table));
                Files.writeString(folder.resolve("tokenizer.json"), copy.toString());
                try (Tokenizer tokenizer = Tokenizer.open(folder)) {
                    for (int c = 0x80; c < 0xd800; c += 131) {
                        tokenizer.encode("a" + Character.toString(c) + "\uff21\u2126");
                    }
                }
            }
        }
        assertThat(sound).isBetween(10, 95);
    }
}
