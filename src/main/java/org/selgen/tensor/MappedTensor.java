package org.selgen.tensor;

import java.util.Map;
import org.selgen.data.BadInput;

/**
 * Tensors of a safetensors file, mapped into memory: a page is read when it is first used, so a file of many gigabytes
 * opens at once. On a GPU they are copies.
 */
public final class MappedTensor {
    private static final Map<String, DType> TYPES = Map.of(
            "F32", DType.F32, "F64", DType.F64, "F16", DType.F16, "BF16", DType.BF16, "I64", DType.I64, "U8", DType.U8);

    private MappedTensor() {}

    /**
     * The tensor in its own element type, on this thread's device.
     *
     * @throws BadInput if its type is not one of F32, F64, F16, BF16, I64 and U8
     */
    public static Tensor of(SafetensorsEntry entry) {
        Tensor mapped = mapped(entry);
        return Device.current().equals(Device.CPU) ? mapped : Tensor.call("placed", mapped, Device.current());
    }

    private static Tensor mapped(SafetensorsEntry entry) {
        DType type = TYPES.get(entry.dtype());
        if (type == null) {
            throw new BadInput(entry + ": the type is " + entry.dtype() + " but must be one of "
                    + TYPES.keySet().stream().sorted().toList() + "; convert the model to BF16 or F32");
        }
        String path = entry.file().toAbsolutePath().toString();
        int width = type.bytes();
        if (entry.begin() % width == 0) {
            long end = entry.end() / width;
            return Tensor.call("mapped", path, end, type.torch(), entry.begin() / width, end)
                    .reshape(entry.shape());
        }
        Tensor bytes = Tensor.call("mapped", path, entry.end(), DType.U8.torch(), entry.begin(), entry.end());
        return Tensor.call("reinterpret", bytes, type.torch()).reshape(entry.shape());
    }
}
