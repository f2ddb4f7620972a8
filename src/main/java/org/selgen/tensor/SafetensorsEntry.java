package org.selgen.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;

/**
 * The place of one tensor in a safetensors file. Its bytes are those of a row-major array, little-endian.
 *
 * @param dtype one of F64 F32 F16 BF16 I64 I32 I16 I8 U8 BOOL
 * @param shape the lengths of its axes; empty for a scalar
 * @param begin offset of its first byte in the file
 * @param end offset behind its last byte in the file
 */
@SuppressWarnings("ArrayRecordComponent") // as torch gives and takes shapes
public record SafetensorsEntry(Path file, String name, String dtype, long[] shape, long begin, long end) {
    private static final long PIECE = 1 << 26; // bytes compared or copied at once

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
            throw new BadInput(
                    this + " cannot be read (" + IoReason.of(e) + "); did the file change? Download it again", e);
        }
        return bytes.flip();
    }

    /**
     * A tensor of the same name, type, shape and bytes, to be written to another file. The bytes are mapped, piece by piece,
     * when it is written.
     */
    public SafetensorsSource copy() {
        return new SafetensorsSource(name, dtype, shape, sink -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                for (long at = begin; at < end; at += PIECE) {
                    sink.put(channel.map(FileChannel.MapMode.READ_ONLY, at, Math.min(PIECE, end - at)));
                }
            }
        });
    }

    /**
     * Whether another tensor has the same bytes and type. Both are mapped, piece by piece, not copied.
     *
     * @throws BadInput if a file cannot be read
     */
    public boolean holdsSameAs(SafetensorsEntry other) {
        if (!dtype.equals(other.dtype) || end - begin != other.end - other.begin) {
            return false;
        }
        try (FileChannel own = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel others = FileChannel.open(other.file, StandardOpenOption.READ)) {
            for (long at = 0; at < end - begin; at += PIECE) {
                long length = Math.min(PIECE, end - begin - at);
                ByteBuffer piece = own.map(FileChannel.MapMode.READ_ONLY, begin + at, length);
                if (!piece.equals(others.map(FileChannel.MapMode.READ_ONLY, other.begin + at, length))) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new BadInput(
                    this + " cannot be read (" + IoReason.of(e) + "); did the file change? Download it again", e);
        }
    }

    @Override
    public String toString() {
        return file + ": tensor '" + name + "' (" + dtype + " " + Arrays.toString(shape) + ")";
    }

    /** Fills the buffer from a position of the file. */
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
