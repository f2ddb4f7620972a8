package org.selgen.tensor;

import java.nio.ByteBuffer;

/**
 * A tensor to write to a safetensors file.
 *
 * @param dtype one of the names in {@link SafetensorsEntry}
 * @param bytes row-major, little-endian, from its position to its limit
 */
@SuppressWarnings("ArrayRecordComponent")
public record SafetensorsItem(String name, String dtype, long[] shape, ByteBuffer bytes) {
    SafetensorsSource source() {
        return new SafetensorsSource(name, dtype, shape, sink -> sink.put(bytes));
    }
}
