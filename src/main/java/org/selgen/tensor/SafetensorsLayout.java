package org.selgen.tensor;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.selgen.file.WholeFile;

/** The bytes of a safetensors file, in the order of the reference library: wide dtypes first, then by name. */
final class SafetensorsLayout {
    private static final int ALIGNMENT = 8;
    private static final Comparator<SafetensorsSource> ORDER = Comparator.comparingInt(
                    (SafetensorsSource source) -> SafetensorsDType.NAMES.indexOf(source.dtype()))
            .thenComparing(source -> source.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private SafetensorsLayout() {}

    /** Length, header and data: the whole file, part by part. */
    static WholeFile.Content of(Map<String, String> metadata, List<SafetensorsSource> sources) {
        List<SafetensorsSource> sorted = sources.stream().sorted(ORDER).toList();
        ObjectNode header = JsonMapper.builder().build().createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = header.putObject(SafetensorsHeader.METADATA);
            metadata.forEach(texts::put);
        }
        long begin = 0;
        for (SafetensorsSource source : sorted) {
            check(source.name(), header);
            ObjectNode entry = header.putObject(source.name());
            entry.put("dtype", source.dtype());
            Arrays.stream(source.shape()).forEach(entry.putArray("shape")::add);
            long end = begin + source.bytes();
            entry.putArray("data_offsets").add(begin).add(end);
            begin = end;
        }
        List<ByteBuffer> front = framed(header.toString());
        return sink -> {
            for (ByteBuffer part : front) {
                sink.put(part);
            }
            for (SafetensorsSource source : sorted) {
                put(source, sink);
            }
        };
    }

    private static void check(String name, ObjectNode header) {
        if (name.isEmpty() || name.equals(SafetensorsHeader.METADATA) || header.has(name)) {
            throw new IllegalArgumentException(
                    "tensor name '" + name + "' is empty, reserved or used twice; give each tensor its own name");
        }
    }

    private static void put(SafetensorsSource source, WholeFile.Sink sink) throws IOException {
        LongAdder given = new LongAdder();
        source.content().to(bytes -> {
            given.add(bytes.remaining());
            sink.put(bytes);
        });
        if (given.sum() != source.bytes()) {
            throw new IllegalArgumentException("tensor '" + source.name() + "' of " + source.dtype() + " "
                    + Arrays.toString(source.shape()) + " takes " + source.bytes() + " bytes but " + given.sum()
                    + " were given");
        }
    }

    private static List<ByteBuffer> framed(String header) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded.length)
                .flip();
        return List.of(length, ByteBuffer.wrap(padded));
    }
}
