package org.selgen.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.selgen.data.BadInput;
import org.selgen.file.WholeFile;

/**
 * A safetensors file whose header was checked: which tensors it holds, and where their bytes lie. The bytes themselves
 * are not touched, so a file of many gigabytes opens at once.
 * <pre>
 *   file = length of the header (8 bytes, little-endian) | header (JSON) | data
 *   header = {"__metadata__": {text: text}, name: {"dtype", "shape", "data_offsets": [begin, end)}, ...}
 * </pre>
 * Source: the format of huggingface/safetensors. Stricter than its library: a key must not stand twice, and an entry has
 * no other fields than these three.
 *
 * @param path the file
 * @param metadata the free texts of the header, in the order of the file; empty if there are none
 * @param entries the tensors by name, in the order of their bytes
 */
public record SafetensorsFile(Path path, Map<String, String> metadata, Map<String, Entry> entries) {

    /**
     * One tensor's place. Its bytes are those of a row-major array, little-endian.
     *
     * @param dtype one of F64 F32 F16 BF16 I64 I32 I16 I8 U8 BOOL
     * @param shape the lengths of its axes; empty for a scalar
     * @param begin offset of its first byte in the file
     * @param end offset behind its last byte in the file
     */
    @SuppressWarnings("ArrayRecordComponent") // as torch gives and takes shapes
    public record Entry(Path file, String name, String dtype, long[] shape, long begin, long end) {
        /** How many numbers it holds. */
        public long elements() {
            return (end - begin) / SafetensorsHeader.bytesOf(dtype);
        }

        /**
         * A copy of its bytes, little-endian.
         *
         * @throws BadInput if the file changed since it was opened, or the tensor has 2 GiB or more
         */
        public ByteBuffer read() {
            if (end - begin > Integer.MAX_VALUE) {
                throw new BadInput(this + " has " + (end - begin) + " bytes but at most " + Integer.MAX_VALUE
                        + " can be copied at once; map the file instead");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) (end - begin)).order(ByteOrder.LITTLE_ENDIAN);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                readFully(channel, bytes, begin);
            } catch (IOException e) {
                throw new BadInput(this + " cannot be read (" + e + "); did the file change? Download it again", e);
            }
            return bytes.flip();
        }

        @Override
        public String toString() {
            return file + ": tensor '" + name + "' (" + dtype + " " + Arrays.toString(shape) + ")";
        }
    }

    /**
     * A tensor to write.
     *
     * @param dtype one of the names in {@link Entry}
     * @param bytes row-major, little-endian, from its position to its limit
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Item(String name, String dtype, long[] shape, ByteBuffer bytes) {}

    /**
     * Reads and checks the header.
     *
     * @throws BadInput if the file is missing or breaks any rule of the format; the line names file, tensor, value, bound
     */
    public static SafetensorsFile open(Path path) {
        return SafetensorsHeader.read(path);
    }

    /**
     * Writes a file in the layout of the reference library: wide dtypes first and then by name, the header padded with
     * spaces to a multiple of 8, so that every tensor lies at a multiple of its width. The file appears complete or not
     * at all.
     *
     * @param metadata free texts for the header; PEFT and transformers expect {@code format = pt}
     * @throws IllegalArgumentException if two items share a name, or an item's bytes do not fit its shape
     * @throws BadInput if the disk refuses
     */
    public static void write(Path path, Map<String, String> metadata, List<Item> items) {
        WholeFile.write(path, SafetensorsLayout.of(metadata, items));
    }

    static void readFully(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            int got = channel.read(bytes, at);
            if (got < 0) {
                throw new EOFException("the file ends at byte " + at);
            }
            at += got;
        }
    }
}
