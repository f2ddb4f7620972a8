package org.selgen.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;

class GpuDoctorTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void aMachineWithoutGpuIsToldAllThatIsMissing() {
        assertThatThrownBy(() -> examine("no-such-tool"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("no GPU can be used here: the native library is for the CPU only")
                .hasMessageContaining(
                        "Cannot run program \"no-such-tool\": error=2, No such file or directory; it comes with the NVIDIA driver");
        assertThat(said).noneMatch(line -> line.startsWith("training"));
    }

    @Test
    void aDriverThatFailsIsQuoted() throws IOException {
        String tool = tool("echo 'NVIDIA-SMI has failed: no driver'; exit 9");
        assertThatThrownBy(() -> examine(tool)).hasMessageContaining("failed: NVIDIA-SMI has failed: no driver");
    }

    /** Which the library of the build cannot use: that alone is missing. */
    @Test
    void gpusAreShownWithDriverAndMemory() throws IOException {
        String tool = tool("echo '0, Some Card, 550.1, 81559 MiB, 80000 MiB'");
        assertThatThrownBy(() -> examine(tool)).isInstanceOf(BadInput.class).hasMessageNotContaining("driver");
        assertThat(said).contains("gpu 0: Some Card, driver 550.1, memory 81559 MiB, free 80000 MiB");
    }

    private void examine(String tool) {
        new GpuDoctor(new NvidiaSmi(tool, Duration.ofSeconds(20))).examine((what, how) -> said.add(what + " " + how));
    }

    private String tool(String does) throws IOException {
        return Script.of(folder.resolve("tool"), does).toString();
    }
}
