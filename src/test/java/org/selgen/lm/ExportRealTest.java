package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.RealModels;

/** Real checkpoints with an adapter merged into them. */
@Tag("slow")
class ExportRealTest {
    static Stream<String> models() {
        return RealModels.names("models");
    }

    @ParameterizedTest
    @MethodSource("models")
    void theMergedModelIsSoundAndAnswersAsItsBaseWithTheAdapter(String name, @TempDir Path folder) throws IOException {
        Path model = RealModels.folder(name);
        Path adapter = ModelExportTest.adapter(model, folder.resolve("adapter"));
        Path merged = folder.resolve("merged");
        new ModelExport(model, adapter).write(merged);
        assertThat(ModelFolderValidator.problems(merged)).isEmpty();
        float[] expected = ModelExportTest.logits(model, adapter);
        assertThat(ModelExportTest.logits(merged)).containsExactly(expected, within(1e-4f));
        assertThat(ModelExportTest.logits(model)).isNotEqualTo(expected);
    }
}
