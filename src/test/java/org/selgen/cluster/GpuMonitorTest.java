package org.selgen.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.GpuUse;

/** With stand-ins for NVIDIA's tool that say what the real one says, and what it should not. */
class GpuMonitorTest {
    private static final Duration PAUSE = Duration.ofMillis(10);

    @TempDir
    Path folder;

    @Test
    void thePeakIsTheMostAndHowBusyIsTheMeanOverAllLooks() throws IOException, InterruptedException {
        GpuUse seen = seen(5, """
                case $look in
                  1) echo 'Some Card, 100 MiB, 0 %' ;;
                  2) echo 'Some Card, 900 MiB, 90 %' ;;
                  3) echo 'Some Card, 300 MiB, 60 %' ;;
                  *) sleep 0.2; echo 'Some Card, 1 MiB, 50 %' ;;
                esac""");
        assertThat(seen.name()).isEqualTo("Some Card");
        assertThat(seen.peakMib()).isEqualTo(900);
        assertThat(seen.busy()).isCloseTo(0.5, within(1e-9)); // 0, 0.9, 0.6, and any number of 0.5
        assertThat(seen.reason()).isNull();
    }

    @Test
    void theToolIsAskedForThatGpuAlone() throws IOException, InterruptedException {
        GpuUse seen = seen(1, "echo \"$*, 1 MiB, 1 %\" | tr , ' ' | sed 's/  */ /g; s/ 1 MiB 1 %$/, 1 MiB, 1 %/'");
        assertThat(seen.name()).isEqualTo("--query-gpu=name memory.used utilization.gpu --format=csv noheader --id=3");
    }

    @Test
    void whatTheToolDoesNotKnowIsAbsentAndNotZero() throws IOException, InterruptedException {
        GpuUse seen = seen(1, "echo 'Some Card, [N/A], [Not Supported]'");
        assertThat(seen.name()).isEqualTo("Some Card");
        assertThat(seen.peakMib()).isNull();
        assertThat(seen.busy()).isNull();
        assertThat(seen.reason()).isNull();
    }

    @Test
    void aLookThatFailsIsToldAndTheOthersCount() throws IOException, InterruptedException {
        GpuUse seen = seen(4, """
                if [ $look = 2 ]; then echo 'NVML: Unknown Error'; exit 255; fi
                echo 'Some Card, 7 MiB, 100 %'""");
        assertThat(seen.reason()).endsWith("tool failed: NVML: Unknown Error");
        assertThat(seen.peakMib()).isEqualTo(7);
        assertThat(seen.busy()).isEqualTo(1);
    }

    @Test
    void wordsThatAreNoAnswerAreQuoted() throws IOException, InterruptedException {
        GpuUse seen = seen(1, "echo 'Segmentation fault'");
        assertThat(seen.name()).isNull();
        assertThat(seen.reason())
                .endsWith("was asked for name, memory.used, utilization.gpu but said 'Segmentation fault'");
    }

    @Test
    void aGpuThatIsNotThereIsTold() throws IOException, InterruptedException {
        assertThat(seen(1, ":").reason()).endsWith("tells of 0 GPUs where it was asked for number 3");
    }

    @Test
    void aMachineWithoutTheToolIsTold() {
        GpuUse seen = GpuMonitor.begin(new NvidiaSmi("no-such-tool", Duration.ofSeconds(9)), "3", PAUSE)
                .result();
        assertThat(seen.name()).isNull();
        assertThat(seen.reason())
                .isEqualTo(
                        "Cannot run program \"no-such-tool\": error=2, No such file or directory; it comes with the NVIDIA driver");
    }

    @Test
    void aToolThatHangsIsGivenUp() throws IOException, InterruptedException {
        Path tool = tool("exec sleep 100");
        try (GpuMonitor watch = GpuMonitor.begin(new NvidiaSmi(tool.toString(), Duration.ofMillis(500)), "3", PAUSE)) {
            wait(1);
            assertThat(watch.result().reason()).contains("tool did not answer within 0.5 s: the NVIDIA driver hangs");
        }
    }

    /** What a watch sees in so many looks, and perhaps some more. */
    private GpuUse seen(int looks, String does) throws IOException, InterruptedException {
        Path tool = tool(does);
        try (GpuMonitor watch = GpuMonitor.begin(new NvidiaSmi(tool.toString(), Duration.ofSeconds(20)), "3", PAUSE)) {
            wait(looks);
            return watch.result();
        }
    }

    /** Until so many looks have begun; the watch itself sees the last of them to its end. */
    private void wait(int looks) throws IOException, InterruptedException {
        Path counted = folder.resolve("looks");
        while (!Files.exists(counted) || Files.size(counted) < looks) {
            Thread.sleep(5);
        }
    }

    private Path tool(String does) throws IOException {
        Path counted = folder.resolve("looks");
        return Script.of(folder.resolve("tool"), "printf x >>" + counted + "\nlook=$(wc -c <" + counted + ")\n" + does);
    }
}
