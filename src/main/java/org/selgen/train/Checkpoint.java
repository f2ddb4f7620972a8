package org.selgen.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.StepMetrics;
import org.selgen.tensor.DType;
import org.selgen.tensor.MappedTensor;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsItem;
import org.selgen.tensor.Tensor;

/**
 * All that a training needs to continue as if it had never been stopped. One safetensors file: the tensors by name, the
 * metrics of all steps as the float64 tensor {@value #STEPS} of 9 columns (the last two NaN where absent), the rest as
 * text, and a SHA-256 of all of it. The number of steps gives the position in the schedule and the optimizer's count.
 *
 * @param training the training with all its settings: no other training may continue from it
 * @param drawn number of steps whose rows are drawn; with the seed this is the random state of their order
 * @param made metrics of the steps so far
 * @param tensors float32: the adapter, and what the optimizer keeps
 */
record Checkpoint(String training, int drawn, List<StepMetrics> made, Map<String, Tensor> tensors) {
    private static final String STEPS = "steps";
    private static final String KIND = "selgen-checkpoint-";
    private static final String FORMAT = KIND + 2;
    private static final int COLUMNS = 9;

    void write(Path file) {
        List<SafetensorsItem> items = new ArrayList<>();
        tensors.forEach(
                (name, tensor) -> items.add(new SafetensorsItem(name, "F32", tensor.shape(), tensor.bytes(DType.F32))));
        items.add(new SafetensorsItem(STEPS, "F64", new long[] {made.size(), COLUMNS}, numbers()));
        Map<String, ByteBuffer> bytes = new TreeMap<>();
        items.forEach(item -> bytes.put(item.name(), item.bytes()));
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("format", FORMAT);
        texts.put("training", training);
        texts.put("run", made.isEmpty() ? "" : made.get(0).run());
        texts.put("drawn", Integer.toString(drawn));
        texts.put("sha256", sha256(texts, bytes));
        SafetensorsFile.write(file, texts, items);
    }

    /**
     * Reads a checkpoint; its tensors belong to the current scope.
     *
     * @throws BadInput if the file is no checkpoint, is of another version, or was changed since it was written
     */
    static Checkpoint read(Path file) {
        SafetensorsFile stored = open(file);
        Map<String, String> texts = new LinkedHashMap<>(stored.metadata());
        Map<String, ByteBuffer> bytes = new TreeMap<>();
        stored.entries().forEach((name, entry) -> bytes.put(name, entry.read()));
        String sha256 = texts.remove("sha256");
        ByteBuffer numbers = bytes.get(STEPS);
        String format = text(texts, "format");
        if (format.startsWith(KIND) && !format.equals(FORMAT)) {
            throw new BadInput("the checkpoint " + file + " has the format '" + format
                    + "' of another version, but this one" + " reads '" + FORMAT
                    + "'; finish the training by that version, or delete it to begin anew");
        }
        if (!format.equals(FORMAT) || numbers == null || !sha256(texts, bytes).equals(sha256)) {
            throw damaged(file, "its contents are not those that were written", null);
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        stored.entries().forEach((name, entry) -> {
            if (!name.equals(STEPS)) {
                tensors.put(name, MappedTensor.of(entry));
            }
        });
        return new Checkpoint(
                text(texts, "training"),
                Integer.parseInt(text(texts, "drawn")),
                steps(text(texts, "run"), numbers),
                tensors);
    }

    private static SafetensorsFile open(Path file) {
        try {
            return SafetensorsFile.open(file);
        } catch (BadInput e) {
            throw damaged(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static BadInput damaged(Path file, String why, @Nullable BadInput cause) {
        return new BadInput(
                "the checkpoint " + file + " is damaged: " + why
                        + "; delete it: training then goes on from the one before, or from the beginning",
                cause);
    }

    private static String text(Map<String, String> texts, String key) {
        return String.valueOf(texts.get(key));
    }

    private ByteBuffer numbers() {
        ByteBuffer numbers =
                ByteBuffer.allocate(made.size() * COLUMNS * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (StepMetrics m : made) {
            numbers.putDouble(m.step()).putDouble(m.loss()).putDouble(m.task()).putDouble(m.proxy());
            numbers.putDouble(m.gradNorm()).putDouble(m.learningRate()).putDouble((double) m.tokens());
            numbers.putDouble(number(m.heldOutTask())).putDouble(number(m.heldOutProxy()));
        }
        return numbers.flip();
    }

    private static List<StepMetrics> steps(String run, ByteBuffer numbers) {
        List<StepMetrics> made = new ArrayList<>();
        while (numbers.hasRemaining()) {
            made.add(new StepMetrics(
                    run,
                    (int) numbers.getDouble(),
                    numbers.getDouble(),
                    numbers.getDouble(),
                    numbers.getDouble(),
                    numbers.getDouble(),
                    numbers.getDouble(),
                    (long) numbers.getDouble(),
                    value(numbers.getDouble()),
                    value(numbers.getDouble())));
        }
        return made;
    }

    private static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private static @Nullable Double value(double number) {
        return Double.isNaN(number) ? null : number;
    }

    private static String sha256(Map<String, String> texts, Map<String, ByteBuffer> tensors) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        texts.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .forEach(e -> DigestUtils.updateDigest(digest, e + "\n"));
        tensors.forEach((name, bytes) -> {
            DigestUtils.updateDigest(digest, name + "\n");
            digest.update(bytes.duplicate());
        });
        return Hex.encodeHexString(digest.digest());
    }
}
