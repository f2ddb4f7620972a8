package org.selgen.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.file.JsonFile;
import org.selgen.lm.AdapterFiles;
import org.selgen.lm.DecoderWeights;
import org.selgen.lm.PeftConfig;
import org.selgen.lm.PeftConfigJson;
import org.selgen.lm.PeftConfigWriter;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsFolder;

/** Sound files changed at random: each is read or refused, and nothing else comes out. */
class ParsersFuzzTest {
    private static final int TRIES = 1500;
    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("fuzz");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }

    /** Reads what a sound file became. */
    static void readOrRefused(long seed, Runnable reading) {
        try {
            reading.run();
        } catch (BadInput e) {
            assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(2000).doesNotContainPattern("\\p{Cntrl}");
        } catch (Throwable e) {
            fail("seed " + seed + " lets out " + e, e);
        }
    }

    private static Path changed(String name, Path sound, long seed) {
        try {
            return Files.write(folder.resolve(name), Mutation.of(Files.readAllBytes(sound), seed));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Property(tries = TRIES, seed = "1", shrinking = ShrinkingMode.OFF)
    void safetensorsHeader(@ForAll long seed) throws IOException {
        byte[] sound = Files.readAllBytes(Golden.path("peft/qwen3_lora").resolve(AdapterFiles.TENSORS));
        byte[] header = Mutation.of(Arrays.copyOf(sound, 400), seed); // the first entries; then what was
        byte[] whole = Arrays.copyOf(header, header.length + sound.length - 400);
        System.arraycopy(sound, 400, whole, header.length, sound.length - 400);
        Path file = Files.write(folder.resolve("x.safetensors"), whole);
        readOrRefused(seed, () -> SafetensorsFile.open(file));
    }

    @Property(tries = TRIES, seed = "2", shrinking = ShrinkingMode.OFF)
    void index(@ForAll long seed) {
        changed("model.safetensors.index.json", Golden.path("models/qwen3_tied/model.safetensors.index.json"), seed);
        readOrRefused(seed, () -> SafetensorsFolder.open(folder));
    }

    @Property(tries = TRIES, seed = "3", shrinking = ShrinkingMode.OFF)
    void config(@ForAll long seed) {
        Path file = changed("config.json", Golden.path("models/llama3/config.json"), seed);
        readOrRefused(seed, () -> DecoderWeights.shapes(DecoderConfigJson.parse(JsonFile.read(file), file.toString())));
    }

    @Property(tries = TRIES, seed = "4", shrinking = ShrinkingMode.OFF)
    void adapterConfig(@ForAll long seed) {
        Path file = changed("adapter_config.json", Golden.path("peft/qwen3_pattern/adapter_config.json"), seed);
        readOrRefused(seed, () -> {
            PeftConfig config = PeftConfigJson.parse(JsonFile.read(file), file.toString());
            config.rank("model.layers.0.self_attn.q_proj");
            config.scale("model.layers.1.mlp.up_proj");
            PeftConfigWriter.write(config);
        });
    }
}
