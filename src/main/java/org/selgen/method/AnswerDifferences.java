package org.selgen.method;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;
import org.selgen.lm.Batch;
import org.selgen.lm.CausalLM;
import org.selgen.lm.Forward;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsItem;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * How a model's activations differ between the two answers of each proxy row: what it makes of the one and not of the other.
 * <pre>  d_l(row) = mean over tokens of the rejected answer of h_l − mean over tokens of the chosen one of h_l </pre>
 * h_l is the residual stream behind layer l. The last layer is left out: what a model gives of it is normed.
 *
 * @param model hash of the base model's contents
 * @param hidden D
 * @param layers d of layers 1, 2, …: P · D numbers, row by row
 */
public record AnswerDifferences(String model, int hidden, List<float[]> layers) {
    private static final String FILE = "differences.safetensors";
    private static final String FORMAT = "selgen-differences-1";

    /**
     * Measures them.
     *
     * @param rows proxy rows with both answers, a batch at a time
     * @param working is called after each batch
     */
    public static AnswerDifferences of(String model, CausalLM lm, List<Step> rows, Runnable working) {
        int hidden = lm.config().hidden();
        List<List<float[]>> batches = new ArrayList<>();
        for (Step step : rows) {
            batches.add(Autograd.off(() -> of(lm, step)));
            working.run();
        }
        List<float[]> layers = new ArrayList<>();
        for (int l = 0; l < batches.get(0).size(); l++) {
            int layer = l;
            layers.add(joined(batches.stream().map(batch -> batch.get(layer)).toList()));
        }
        return new AnswerDifferences(model, hidden, List.copyOf(layers));
    }

    private static List<float[]> of(CausalLM lm, Step step) {
        try (Scope scope = Scope.open()) {
            List<Tensor> rejected = means(lm, step.rejectedOrRefuse("the difference of answers"));
            List<Tensor> chosen = means(lm, step.chosen());
            List<float[]> layers = new ArrayList<>();
            for (int l = 0; l < chosen.size(); l++) {
                layers.add(rejected.get(l).minus(chosen.get(l)).floats());
            }
            return layers;
        }
    }

    /** Of each layer but the last, the mean over each row's answer: {@code [B, D]}. */
    private static List<Tensor> means(CausalLM lm, Batch batch) {
        Forward forward = lm.forward(batch);
        Tensor answered = Tensor.of(
                Arrays.stream(batch.predicting()).map(before -> before + 1).toArray());
        Tensor share = shares(batch); // [B, N]
        return forward.hidden().subList(1, forward.hidden().size() - 1).stream()
                .map(state -> share.matmul(Tensors.positions(state, answered).to(DType.F32)))
                .toList();
    }

    /** 1 / n of a row's own n answer tokens, 0 of others'. */
    private static Tensor shares(Batch batch) {
        float[] lengths = batch.answerLengths();
        int tokens = batch.answerTokens();
        float[] shares = new float[batch.rows() * tokens];
        for (int n = 0; n < tokens; n++) {
            int row = Math.toIntExact(batch.row()[n]);
            shares[row * tokens + n] = 1 / lengths[row];
        }
        return Tensor.of(shares, batch.rows(), tokens);
    }

    private static float[] joined(List<float[]> parts) {
        FloatBuffer all = FloatBuffer.allocate(
                parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(all::put);
        return all.array();
    }

    /** Mean over rows of a layer's differences, {@code [D]}. */
    public Tensor mean(int layer) {
        float[] rows = layers.get(layer - 1);
        float[] mean = new float[hidden];
        for (int d = 0; d < hidden; d++) {
            double sum = 0;
            for (int at = d; at < rows.length; at += hidden) {
                sum += rows[at];
            }
            mean[d] = (float) (sum * hidden / rows.length);
        }
        return Tensor.of(mean);
    }

    /**
     * The directions in which a layer's differences are largest: left singular vectors of dᵀ, {@code [D, rank]}.
     *
     * @throws BadInput if the differences have fewer
     */
    public Tensor directions(int layer, int rank) {
        float[] rows = layers.get(layer - 1);
        Tensor all = Tensor.of(rows, rows.length / hidden, hidden).transpose();
        Tensor some = Tensors.orthonormal(all, rank);
        if (some.shape()[1] < rank) {
            throw new BadInput(rank + " directions are asked for, but the answers of " + rows.length / hidden
                    + " proxy rows differ in " + some.shape()[1] + " at layer " + layer + "; ask for fewer");
        }
        return some;
    }

    /** Writes them into a folder, which is made. */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new BadInput(
                    "folder " + folder + " cannot be made (" + IoReason.of(e) + "); choose another place", e);
        }
        List<SafetensorsItem> items = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            float[] rows = layers.get(l);
            ByteBuffer bytes = ByteBuffer.allocate(rows.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(rows);
            items.add(new SafetensorsItem(name(l), "F32", new long[] {rows.length / hidden, hidden}, bytes));
        }
        SafetensorsFile.write(folder.resolve(FILE), Map.of("format", FORMAT, "model", model), items);
    }

    /**
     * Reads those of a model.
     *
     * @param modelHash of its contents
     * @throws BadInput if the file is missing or damaged, or they were measured of another model
     */
    public static AnswerDifferences read(Path folder, String modelHash, DecoderConfig config) {
        AnswerDifferences read = read(folder);
        int depth = read.layers.size() + 1;
        if (!read.model.equals(modelHash) || read.hidden != config.hidden() || depth != config.layers()) {
            throw new BadInput("the answer differences in " + folder + " are of the model " + read.model + " with "
                    + depth + " layers of width " + read.hidden + ", but the model is " + modelHash + " with "
                    + config.layers() + " layers of width " + config.hidden()
                    + "; delete the folder, and they are measured again");
        }
        return read;
    }

    private static AnswerDifferences read(Path folder) {
        SafetensorsFile file = SafetensorsFile.open(folder.resolve(FILE));
        List<float[]> layers = new ArrayList<>();
        long width = 0;
        for (int l = 0; file.entries().containsKey(name(l)); l++) {
            SafetensorsEntry entry = file.entries().get(name(l));
            FloatBuffer numbers = entry.read().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            float[] rows = new float[numbers.remaining()];
            numbers.get(rows);
            layers.add(rows);
            width = entry.shape()[1];
        }
        String model = file.metadata().get("model");
        if (!FORMAT.equals(file.metadata().get("format")) || model == null || width == 0) {
            throw new BadInput(file.path() + " does not hold answer differences; delete its folder, and they are"
                    + " measured again");
        }
        return new AnswerDifferences(model, Math.toIntExact(width), List.copyOf(layers));
    }

    private static String name(int index) {
        return "layer." + (index + 1);
    }
}
