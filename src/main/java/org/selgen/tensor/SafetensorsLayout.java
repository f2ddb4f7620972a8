package org.selgen.tensor;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The bytes of a safetensors file, in the order of the reference library: wide dtypes first, then by name. */
final class SafetensorsLayout {
    private static final int ALIGNMENT = 8;
    private static final Comparator<SafetensorsItem> ORDER = Comparator.comparingInt(
                    (SafetensorsItem item) -> SafetensorsDType.NAMES.indexOf(item.dtype()))
            .thenComparing(item -> item.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private SafetensorsLayout() {}

    /** Length, header and data: the whole file, part by part. */
    static List<ByteBuffer> of(Map<String, String> metadata, List<SafetensorsItem> items) {
        List<SafetensorsItem> sorted = items.stream().sorted(ORDER).toList();
        ObjectNode header = JsonMapper.builder().build().createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = header.putObject(SafetensorsHeader.METADATA);
            metadata.forEach(texts::put);
        }
        List<ByteBuffer> parts = new ArrayList<>();
        long begin = 0;
        for (SafetensorsItem item : sorted) {
            check(item, header);
            ObjectNode entry = header.putObject(item.name());
            entry.put("dtype", item.dtype());
            Arrays.stream(item.shape()).forEach(entry.putArray("shape")::add);
            long end = begin + item.bytes().remaining();
            entry.putArray("data_offsets").add(begin).add(end);
            begin = end;
            parts.add(item.bytes());
        }
        parts.addAll(0, framed(header.toString()));
        return parts;
    }

    private static void check(SafetensorsItem item, ObjectNode header) {
        if (item.name().isEmpty() || item.name().equals(SafetensorsHeader.METADATA) || header.has(item.name())) {
            throw new IllegalArgumentException("tensor name '" + item.name()
                    + "' is empty, reserved or used twice; give each tensor its own name");
        }
        long bytes = SafetensorsDType.bytes(item.dtype(), item.shape());
        if (bytes != item.bytes().remaining()) {
            throw new IllegalArgumentException("tensor '" + item.name() + "' of " + item.dtype() + " "
                    + Arrays.toString(item.shape()) + " takes " + bytes + " bytes but "
                    + item.bytes().remaining() + " were given");
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
