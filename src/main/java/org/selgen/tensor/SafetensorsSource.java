package org.selgen.tensor;

import org.selgen.file.WholeFile;

/**
 * A tensor to write to a safetensors file, whose bytes are made while the file is written: a file may be greater than the
 * memory.
 *
 * @param dtype one of the names in {@link SafetensorsEntry}
 * @param content its bytes, row-major, little-endian
 */
@SuppressWarnings("ArrayRecordComponent") // as torch gives and takes shapes
public record SafetensorsSource(String name, String dtype, long[] shape, WholeFile.Content content) {
    /** Bytes that it takes in a file. */
    public long bytes() {
        return SafetensorsDType.bytes(dtype, shape);
    }
}
