package org.selgen.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.selgen.data.BadInput;
import org.selgen.tensor.Cuda;

/**
 * Looks for a GPU: what the native library was built for, the driver and memory that NVIDIA's tool tells, and a bf16
 * training step on each device.
 *
 * @param tool what tells of GPUs
 */
public record GpuDoctor(NvidiaSmi tool) {
    /**
     * Tells what it finds.
     *
     * @throws BadInput if something is missing, all of it in one line
     */
    public void examine(BiConsumer<String, String> say) {
        List<String> missing = new ArrayList<>();
        say.accept("library", Cuda.library() + ", " + (Cuda.built() ? "for CUDA" : "for the CPU only"));
        if (!Cuda.built()) {
            missing.add("the native library is for the CPU only (set PYTORCH_FLAVOR=cu128, PYTORCH_VERSION=2.7.1 and"
                    + " PYTORCH_LIBRARY_PATH to the library folder of a PyTorch 2.7.1 for CUDA 12.8)");
        }
        List<String> cards = cards(missing);
        cards.forEach(card -> say.accept("gpu", card));
        for (int i = 0; i < cards.size() && missing.isEmpty(); i++) {
            say.accept("training", step("cuda:" + i));
        }
        say.accept("runs", "trained and answered on the GPU that a task of a cluster holds, else on the CPU");
        if (!missing.isEmpty()) {
            throw new BadInput("no GPU can be used here: " + String.join("; ", missing));
        }
    }

    /** A line for each. */
    private List<String> cards(List<String> missing) {
        List<List<String>> cards = List.of();
        try {
            cards = tool.query(List.of("index", "name", "driver_version", "memory.total", "memory.free"));
            if (cards.isEmpty()) {
                missing.add(tool.command() + " names no GPU");
            }
        } catch (IOException e) {
            missing.add(String.valueOf(e.getMessage()));
        }
        return cards.stream()
                .map(card -> "%s: %s, driver %s, memory %s, free %s".formatted(card.toArray()))
                .toList();
    }

    private static String step(String device) {
        long begun = System.nanoTime();
        double[] losses = Cuda.step(device);
        if (losses[0] != 1 || losses[1] != 0) {
            throw new IllegalStateException("a bf16 step on " + device + " brought the loss from " + losses[0] + " to "
                    + losses[1] + " but must bring it from 1 to 0: the device or its library computes wrongly");
        }
        return device + ", bf16, loss " + losses[0] + " to " + losses[1] + ", "
                + (System.nanoTime() - begun) / 1_000_000 + " ms";
    }
}
