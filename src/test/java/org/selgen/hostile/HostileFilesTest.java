package org.selgen.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.lm.AdapterFiles;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsFolder;
import org.selgen.tokenizer.Tokenizer;

/** Each of some hundreds of damaged or hostile files is refused in one line that names it; nothing outside is read. */
class HostileFilesTest {
    private static final Path TINY = Path.of("data-lake/models/tiny");
    private static final long LEAST_BYTES = 400L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path around;

    static Stream<Hostile> corpus() {
        return Stream.of(HostileWeights.all(), HostileFolders.all(), HostileJson.all(), HostileTokenizers.all())
                .flatMap(List::stream);
    }

    @Test
    void thereAreSomeHundreds() {
        assertThat(corpus().map(Hostile::toString).distinct()).hasSizeGreaterThan(350);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    @Timeout(30)
    void isRefusedByName(Hostile hostile) throws IOException {
        Path folder = layOut();
        hostile.maker().into(folder);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Throwable refusal = catchThrowable(() -> read(folder, hostile.file()));
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(refusal).isInstanceOf(BadInput.class);
        assertThat(refusal.getMessage())
                .hasSizeLessThanOrEqualTo(2000)
                .doesNotContainPattern("\\p{Cntrl}")
                .doesNotContain("outside-canary")
                .containsAnyOf(hostile.file(), folder.toString());
        assertThat(allocated).isLessThan(LEAST_BYTES);
    }

    /** A folder whose files are all sound but for the weights, which are not there; around it what is not its own. */
    private Path layOut() throws IOException {
        Path folder = Files.createDirectories(around.resolve("model"));
        Files.write(around.resolve("outside.safetensors"), Hostile.good());
        Files.write(Files.createDirectories(around.resolve("shelf")).resolve("model.safetensors"), Hostile.good());
        Files.write(Files.createDirectories(around.resolve("blobs")).resolve("outside"), Hostile.good());
        Files.writeString(around.resolve("outside.json"), "{\"outside-canary\": 1}");
        for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(TINY.resolve(file), folder.resolve(file));
        }
        for (String file : List.of(AdapterFiles.CONFIG, AdapterFiles.TENSORS)) {
            Files.copy(Golden.path("peft/qwen3_lora").resolve(file), folder.resolve(file));
        }
        return folder;
    }

    private static void read(Path folder, String file) {
        switch (file) {
            case "config.json" -> DecoderConfigJson.read(folder);
            case "tokenizer.json" -> Tokenizer.open(folder).close();
            case "tokenizer_config.json" -> {
                try (Tokenizer tokenizer = Tokenizer.open(folder)) {
                    tokenizer.stops("<end_of_turn>\n");
                }
            }
            case AdapterFiles.CONFIG, AdapterFiles.TENSORS ->
                AdapterFiles.read(folder, DecoderConfigJson.read(Golden.path("models/qwen3")));
            default -> SafetensorsFolder.open(folder);
        }
    }

    @Test
    void theSoundFilesOfTheCorpusAreRead() throws IOException {
        Path folder = layOut();
        Files.write(folder.resolve(Hostile.WEIGHTS), Hostile.good());
        assertThat(SafetensorsFile.open(folder.resolve(Hostile.WEIGHTS)).entries())
                .containsOnlyKeys("a");
        for (String file : List.of(
                "config.json", "tokenizer.json", "tokenizer_config.json", AdapterFiles.CONFIG, Hostile.WEIGHTS)) {
            read(folder, file);
        }
    }
}
