package org.selgen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Set;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.SafetensorsFile;

/**
 * Numbers that the reference implementations made once, from the folder of the system property {@code golden.dir}
 * (default: the copy in the test resources).
 *
 * @param name the fixture's path inside that folder, as in its manifest
 */
public record Golden(String name, SafetensorsFile file) {

    public static Golden open(String name) {
        return new Golden(name, SafetensorsFile.open(path(name)));
    }

    /** A file or folder among the fixtures. */
    public static Path path(String name) {
        String folder = System.getProperty("golden.dir");
        return folder == null ? committed(name) : Path.of(folder).resolve(name);
    }

    /** A file or folder among the fixtures of the project, whatever {@code golden.dir} is. */
    public static Path committed(String name) {
        return Path.of("src/test/resources/golden").resolve(name);
    }

    /** A JSON fixture, or the manifest itself. */
    public static JsonNode json(String name) {
        return json(path(name));
    }

    /** The content of a JSON file. */
    public static JsonNode json(Path file) {
        try {
            return JsonMapper.builder().build().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far from the fixture a value may be, by the manifest; the first number of a text such as "1e-6 (noise)". */
    public double tolerance(String key) {
        JsonNode node =
                json("manifest.json").at("/files").path(name).path("tolerance").path(key);
        return node.isNumber()
                ? node.doubleValue()
                : Double.parseDouble(node.textValue().split(" ", 2)[0]);
    }

    public Set<String> names() {
        return file.entries().keySet();
    }

    public boolean has(String tensor) {
        return file.entries().containsKey(tensor);
    }

    public long[] shape(String tensor) {
        return entry(tensor).shape();
    }

    /** The numbers of an F32 or BF16 tensor, row-major. */
    public float[] floats(String tensor) {
        SafetensorsEntry entry = entry(tensor);
        ByteBuffer bytes = entry.read();
        float[] values = new float[bytes.remaining() / (entry.dtype().equals("F32") ? Float.BYTES : Short.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (entry.dtype()) {
                case "F32" -> bytes.getFloat();
                case "BF16" -> Float.intBitsToFloat(bytes.getShort() << 16);
                default -> throw new AssertionError(entry + " holds no floats");
            };
        }
        return values;
    }

    /** The numbers of an I64 tensor, row-major. */
    public long[] longs(String tensor) {
        SafetensorsEntry entry = entry(tensor);
        if (!entry.dtype().equals("I64")) {
            throw new AssertionError(entry + " holds no longs");
        }
        LongBuffer longs = entry.read().asLongBuffer();
        long[] values = new long[longs.remaining()];
        longs.get(values);
        return values;
    }

    private SafetensorsEntry entry(String tensor) {
        SafetensorsEntry entry = file.entries().get(tensor);
        if (entry == null) {
            throw new AssertionError(name + " has no tensor '" + tensor + "' but " + names());
        }
        return entry;
    }
}
