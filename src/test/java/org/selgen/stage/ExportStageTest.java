package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.chat.ChatFiles;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.file.Fingerprint;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.lm.Adapter;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.ModelFolderValidator;
import org.selgen.lm.PeftConfig;
import org.selgen.lm.config.DecoderConfigJson;

class ExportStageTest {
    private static final Path TINY = Path.of("data-lake/models/tiny");

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private Lake lake;

    /** A lake of a base run, a finished one, one that diverged, and checkpoints of another. */
    @BeforeEach
    void lay() throws IOException {
        lake = Lake.create(LocalSpark.session(), folder.resolve("lake"));
        Run finished = run("3f2a00000001", "standard").withAdapter(Lake.adapterPath("3f2a00000001"));
        Run diverged = run("3f2a00000002", "kl-penalty").ended(Status.DIVERGED, "loss NaN at step 2");
        lake.runs().put(List.of(run("ba5e00000000", "base"), finished, diverged));
        Files.createDirectories(folder.resolve("lake/checkpoints/77aa00000000"));
        LoraConfig lora = new LoraConfig(2, 4, true, List.of("q_proj"));
        Path adapter = folder.resolve("lake").resolve(finished.adapter());
        try (Adapter fresh = Adapter.fresh(lora, DecoderConfigJson.read(TINY), 1)) {
            fresh.write(adapter, new PeftConfig("tiny", lora));
        }
        ChatFiles.write(adapter, new ChatSettings("", Map.of("tools_wanted", true), ""));
    }

    private static Run run(String id, String method) throws IOException {
        return Run.planned(id, method, "", 0, "tiny", Fingerprint.ofFolder(TINY), "", "{}", 2);
    }

    private void export(String run, String model) throws IOException {
        new ExportStage(lake, said::add).run(run, model, folder.resolve("merged"));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String run, String model) {
        return assertThatThrownBy(() -> export(run, model)).isInstanceOf(BadInput.class);
    }

    @Test
    void aFinishedRunBecomesAFolderThatIsSound() throws IOException {
        export("3f2a00000001", "");
        assertThat(ModelFolderValidator.problems(folder.resolve("merged"))).isEmpty();
        assertThat(said.get(0))
                .startsWith("export: standard seed=0 on tiny is in ")
                .endsWith("1.9 MB of weights");
        assertThat(said.get(1)).contains("chat.variables {tools_wanted=true}");
    }

    @Test
    void aRunThatThereIsNotIsAnsweredWithTheNearest() {
        refused("3f2b00000001", "")
                .hasMessageContaining("there is no run '3f2b00000001'")
                .hasMessageContaining("did you mean 3f2a00000001 (standard seed=0)?");
    }

    @Test
    void aBeginningOfSeveralIdsIsRefusedWithAllOfThem() {
        refused("3f2a", "").hasMessageContaining("3f2a00000001 (standard seed=0), 3f2a00000002 (kl-penalty seed=0)");
    }

    @Test
    void whatHasNotFinishedIsRefusedWithItsReason() {
        refused("3f2a00000002", "").hasMessageContaining("has not finished: it diverged (loss NaN at step 2)");
        refused("77aa", "").hasMessageContaining("run '77aa' has not finished: the lake has checkpoints of it");
    }

    @Test
    void theBaseModelHasNothingToMerge() {
        refused("ba5e", "").hasMessageContaining("has no adapter to merge: it is the model 'tiny' as it is");
    }

    @Test
    void aBaseOfOtherContentThanTheRunWasTrainedOnIsRefused() {
        refused("3f2a00000001", "tiny-unaligned")
                .hasMessageContaining("is not the one that run 3f2a00000001 was trained on");
    }
}
