package org.selgen.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.selgen.Golden;

/**
 * PyTorch's {@code meta} device, which has shapes and no values, mixes with the CPU as little as a GPU does, and is on every
 * machine; but not all operations of a model are.
 */
class DeviceTest {
    private static final String ELSEWHERE = "meta";
    private static final Pattern MAKES =
            Pattern.compile("torch\\.(zeros|ones|full|empty|arange|tensor|rand\\w*|eye)\\(.*");

    private static Map<String, Supplier<Tensor>> ways() {
        Map<String, Supplier<Tensor>> ways = new LinkedHashMap<>();
        ways.put("of floats", () -> Tensor.of(new float[] {1, 2}, 2));
        ways.put("of doubles", () -> Tensor.of(new double[] {1, 2}, 2));
        ways.put("of longs", () -> Tensor.of(new long[] {1, 2}, 2));
        ways.put("zeros", () -> Tensor.zeros(DType.F32, 2));
        ways.put("of a file", () -> {
            Path weights = Golden.path("models/gemma").resolve("model.safetensors");
            Tensor norm =
                    MappedTensor.of(SafetensorsFile.open(weights).entries().get("model.norm.weight"));
            return norm.rows(0, 2);
        });
        ways.put("with gradients", () -> Tensor.zeros(DType.F32, 2).leaf());
        return ways;
    }

    @Test
    void howeverATensorIsMadeItIsOnTheDeviceOfItsThread() throws Exception {
        try (Scope scope = Scope.open()) {
            Tensor here = Tensor.of(new float[] {1, 2}, 2);
            for (Map.Entry<String, Supplier<Tensor>> way : ways().entrySet()) {
                assertThat(way.getValue().get().plus(here).shape())
                        .as(way.getKey())
                        .containsExactly(2);
                Tensor there = Device.on(ELSEWHERE, () -> way.getValue().get());
                assertThatThrownBy(() -> there.plus(here)).as(way.getKey()).hasMessageContaining("same device");
                assertThat(Device.on(
                                ELSEWHERE,
                                () -> there.plus(way.getValue().get()).shape()))
                        .as(way.getKey())
                        .containsExactly(2);
            }
            assertThat(Device.current()).isEqualTo(Device.CPU);
        }
    }

    @Test
    void kernelsMakeTensorsOnADeviceThatTheyName() throws IOException {
        try (Stream<Path> kernels = Files.list(Path.of("src/main/resources/kernels"))) {
            for (Path kernel : kernels.toList()) {
                List<String> makers = Files.readAllLines(kernel).stream()
                        .filter(line -> MAKES.matcher(line).find())
                        .toList();
                assertThat(makers).as("%s", kernel).allMatch(line -> line.contains("device="));
            }
        }
    }
}
