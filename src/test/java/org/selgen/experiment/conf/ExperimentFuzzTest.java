package org.selgen.experiment.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.selgen.data.BadInput;
import org.selgen.experiment.Experiment;
import org.selgen.hostile.Mutation;
import org.selgen.source.Source;

/** Conf files changed at random: each is read or refused, and nothing else comes out. */
class ExperimentFuzzTest {
    private static final Path CONF = Path.of("conf");

    private interface ConfReader {
        void of(Path file) throws IOException;
    }

    private static void readOrRefused(String sound, long seed, ConfReader reading) throws IOException {
        Path file = Files.createTempFile("fuzz", ".yaml");
        try {
            Files.write(file, Mutation.of(Files.readAllBytes(CONF.resolve(sound)), seed));
            reading.of(file);
        } catch (BadInput e) {
            assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}");
        } catch (Throwable e) {
            fail("seed " + seed + " lets out " + e, e);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 1000, seed = "1", shrinking = ShrinkingMode.OFF)
    void experiment(@ForAll long seed) throws IOException {
        readOrRefused("experiments/quickstart.yaml", seed, file -> Yaml.read(file, Experiment.class, List.of()));
    }

    @Property(tries = 1000, seed = "2", shrinking = ShrinkingMode.OFF)
    void datasets(@ForAll long seed) throws IOException {
        readOrRefused("datasets.yaml", seed, file -> Yaml.readMap(file, Source.class));
    }
}
