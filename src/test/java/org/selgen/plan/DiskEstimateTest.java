package org.selgen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.lm.Adapter;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.PeftConfig;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.train.FlopCount;
import org.selgen.train.optimizer.Adamw;

class DiskEstimateTest {
    @TempDir
    Path folder;

    @Test
    void anAdaptersFileHasItsWeightsAndAHeader() throws IOException {
        DecoderConfig tiny = DecoderConfigJson.read(Path.of("data-lake/models/tiny"));
        LoraConfig lora = new LoraConfig(8, 16, true, LoraConfig.allLinear(tiny));
        try (Adapter adapter = Adapter.fresh(lora, tiny, 1)) {
            adapter.write(folder, new PeftConfig("tiny", lora));
        }
        long header = Files.size(folder.resolve("adapter_model.safetensors"))
                - DiskEstimate.adapter(FlopCount.adapterWeights(tiny, lora));
        assertThat(header).isBetween(8L, 10_000L);
    }

    @Test
    void aTrainingHoldsThreeCheckpointsOfAnAdapterAndItsMoments() {
        assertThat(DiskEstimate.checkpoints(10, Adamw.USUAL, 0)).isEqualTo(3 * 3 * 40);
        assertThat(DiskEstimate.checkpoints(10, Adamw.USUAL, 2)).isEqualTo(3 * 5 * 40);
    }

    @Test
    void moreThanIsFreeIsWarnedOf() {
        DiskEstimate disk = new DiskEstimate(1 << 20, 2 << 20, 1 << 20);
        assertThat(disk.lines(4 << 20, folder))
                .isEqualTo(List.of("disk: about 4.0 MiB needed (adapters 1.0 MiB, checkpoints 2.0 MiB, tables at most"
                        + " 1.0 MiB), 4.0 MiB free"));
        assertThat(disk.lines(1 << 20, folder))
                .hasSize(2)
                .last()
                .asString()
                .isEqualTo("WARNING: the run does not fit on the disk of " + folder
                        + "; free 3.0 MiB, or give a --lake on another disk");
    }
}
