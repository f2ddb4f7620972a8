package org.selgen.tensor;

import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.util.List;

/** Checks of the native library on a GPU. */
public final class Cuda {
    private static final int SIDE = 256; // powers of two, so that bf16 holds every number of the step exactly

    private Cuda() {}

    /** The native library's version and folder. */
    public static String library() {
        Native.load();
        return "PyTorch " + Engine.getEngine("PyTorch").getVersion() + " in " + LibUtils.getLibtorchPath();
    }

    /** The native library's version, without loading it. */
    public static String version() {
        String chosen = Utils.getEnvOrSystemProperty("PYTORCH_VERSION");
        return chosen == null || chosen.isBlank()
                ? Platform.detectPlatform("pytorch").getVersion()
                : chosen;
    }

    /** Whether the native library is one for CUDA. */
    public static boolean built() {
        Native.load();
        return Engine.getEngine("PyTorch").hasCapability(StandardCapabilities.CUDA);
    }

    /**
     * Mean squared error before and after one step of gradient descent, in bf16: {@code L = mean (X W − 1)²} of X = 1
     * and W = 0, which the step brings from 1 to 0.
     *
     * @param device as {@code cuda:0}
     */
    public static double[] step(String device) {
        try (Scope scope = Scope.open()) {
            Tensor x =
                    Tensor.zeros(DType.F32, SIDE, SIDE).plus(Tensor.scalar(1)).to(DType.BF16);
            Tensor ones = Tensor.call("placed", x, device);
            Tensor w = Tensor.call("placed", Tensor.zeros(DType.BF16, SIDE, SIDE), device)
                    .leaf();
            Tensor before = loss(ones, w);
            Tensor gradient = Autograd.gradients(before, List.of(w)).get(0); // −2 / SIDE everywhere
            return new double[] {
                before.item(), loss(ones, w.minus(gradient.times(0.5f))).item()
            };
        }
    }

    private static Tensor loss(Tensor ones, Tensor w) {
        return ones.matmul(w).minus(ones).square().mean();
    }
}
