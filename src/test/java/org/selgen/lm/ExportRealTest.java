package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Of the first text of the reference numbers. */
    private static long[] ids(String name) {
        List<Long> ids = new ArrayList<>();
        RealModels.golden().path("models").path(name).at("/texts/0/ids").forEach(id -> ids.add(id.longValue()));
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    @ParameterizedTest
    @MethodSource("models")
    void theMergedModelIsSoundAndAnswersAsItsBaseWithTheAdapter(String name, @TempDir Path folder) throws IOException {
        Path model = RealModels.folder(name);
        Path adapter = ModelExportTest.adapter(model, folder.resolve("adapter"));
        Path merged = folder.resolve("merged");
        new ModelExport(model, adapter).write(merged);
        assertThat(ModelFolderValidator.problems(merged)).isEmpty();
        long[] ids = ids(name);
        float[] expected = ModelExportTest.logits(ids, model, adapter);
        assertThat(ModelExportTest.apart(ModelExportTest.logits(ids, merged), expected))
                .isLessThan(1e-4);
        assertThat(ModelExportTest.apart(ModelExportTest.logits(ids, model), expected))
                .isGreaterThan(1e-3);
    }
}
