package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.tensor.SafetensorsFile;

class CheckpointsTest {
    private static final class SteppedClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** A step takes 3 s here: a training of a minute is not lost. */
    @Test
    void theFirstCheckpointsComeEarly(@TempDir Path folder) {
        SteppedClock seconds = new SteppedClock();
        Checkpoints checkpoints = Checkpoints.in(folder, new Checkpointing(1000, 1, false), seconds);
        List<Integer> saved = new ArrayList<>();
        for (int step = 1; step <= 100; step++) {
            seconds.now = seconds.now.plusSeconds(3);
            int now = step;
            checkpoints.offer(step, false, () -> {
                saved.add(now);
                return new Checkpoint("t", now, List.of(), Map.of());
            });
        }
        assertThat(saved).containsExactly(4, 8, 16, 32, 52, 72, 92);
    }

    @Test
    void aCheckpointOfAnotherVersionIsRefusedAsSuch(@TempDir Path folder) {
        Path file = folder.resolve("step-1.safetensors");
        SafetensorsFile.write(file, Map.of("format", "selgen-checkpoint-1"), List.of());
        assertThatThrownBy(() -> Checkpoint.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "the checkpoint " + file + " has the format 'selgen-checkpoint-1' of another version, but this"
                                + " one reads 'selgen-checkpoint-2'; finish the training by that version, or delete it to begin"
                                + " anew");
    }
}
