package org.selgen.train;

import org.selgen.lm.AdapterFiles;
import org.selgen.lm.DecoderConfig;
import org.selgen.lm.DecoderWeights;
import org.selgen.lm.LoraConfig;
import org.selgen.method.Method;
import org.selgen.method.Passes;
import org.selgen.train.Forecast.Work;

/**
 * Floating-point operations of a model under an adapter, for tokens in rows of {@code length}.
 * <pre>
 *   look, forward alone and the adapter off:  2 W · tokens + 4 · layers · heads · headDim · Σ length²
 *   pass, forward and backward:               (4 W + 6 R) · tokens + 12 · layers · heads · headDim · Σ length²
 * </pre>
 * W the frozen matrix weights (forward, and backward to the activations), R the LoRA weights (and their own gradients);
 * the last term is attention. The whole head counts at every token, so the number is a little high where few tokens are
 * answers.
 *
 * @param weights W
 * @param adapter R
 * @param attention layers · heads · headDim
 */
public record FlopCount(double weights, double adapter, double attention) {

    /** Of a decoder and the shape of its adapter. */
    public static FlopCount of(DecoderConfig c, LoraConfig lora) {
        double weights = DecoderWeights.shapes(c).values().stream()
                .filter(shape -> shape.length == 2)
                .mapToDouble(shape -> (double) shape[0] * shape[1])
                .sum();
        double lookup = c.tied() ? 0 : (double) c.vocab() * c.hidden(); // looking an embedding up is no product
        return new FlopCount(weights - lookup, adapterWeights(c, lora), (double) c.layers() * c.heads() * c.headDim());
    }

    /** R: elements of A and B of all layers. */
    public static long adapterWeights(DecoderConfig c, LoraConfig lora) {
        return AdapterFiles.shapes(c, lora).values().stream()
                .mapToLong(shape -> lora.r() * (shape[0] + shape[1]))
                .sum();
    }

    public double forwardBackward(TokenLoad load) {
        return load.tokens() * (4 * weights + 6 * adapter) + 12 * attention * load.squares();
    }

    public double forward(TokenLoad load) {
        return load.tokens() * 2 * weights + 4 * attention * load.squares();
    }

    /** Of a whole run; rejected answers count as long as the aligned ones. */
    public double run(Method method, Work recorded) {
        Passes passes = method.passes();
        return forwardBackward(recorded.task())
                + (passes.proxy() + passes.rejected()) * forwardBackward(recorded.proxy())
                + (passes.proxyReferences() + passes.rejectedReferences()) * forward(recorded.proxy());
    }
}
