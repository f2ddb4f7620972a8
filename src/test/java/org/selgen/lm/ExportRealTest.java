package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(ModelExportTest.apart(ModelExportTest.logits(merged), expected))
                .isLessThan(1e-4);
        assertThat(ModelExportTest.apart(ModelExportTest.logits(model), expected))
                .isGreaterThan(1e-3);
    }
}
