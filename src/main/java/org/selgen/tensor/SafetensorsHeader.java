package org.selgen.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;
import org.selgen.file.JsonFile;

/** Reads the header of a safetensors file. Each value is checked against the file's real length before it is used. */
final class SafetensorsHeader {
    static final String METADATA = "__metadata__";
    private static final long MAX_HEADER = 100_000_000;
    private static final int LENGTH_BYTES = 8;
    private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");

    private final Path path;
    private final long fileBytes;
    private final long headerBytes;

    /** What a header says: its free texts in the order of the file, and the tensors by name in the order of their bytes. */
    record Contents(Map<String, String> metadata, Map<String, SafetensorsEntry> entries) {}

    private SafetensorsHeader(Path path, long fileBytes, long headerBytes) {
        this.path = path;
        this.fileBytes = fileBytes;
        this.headerBytes = headerBytes;
    }

    static Contents read(Path path) {
        if (Files.exists(path) && !Files.isRegularFile(path)) { // a pipe would never end
            throw new BadInput(path + " cannot be read: it is no file; download it again");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long fileBytes = channel.size();
            if (fileBytes < LENGTH_BYTES) {
                throw new BadInput(path + " has " + fileBytes + " bytes but a safetensors file has at least "
                        + LENGTH_BYTES + "; download it again");
            }
            ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            SafetensorsEntry.readFully(channel, length, 0);
            SafetensorsHeader header =
                    new SafetensorsHeader(path, fileBytes, length.flip().getLong());
            header.checkLength(length);
            ByteBuffer json = ByteBuffer.allocate((int) header.headerBytes);
            SafetensorsEntry.readFully(channel, json, LENGTH_BYTES);
            return header.parse(json.flip());
        } catch (NoSuchFileException e) {
            throw new BadInput(path + " is missing; download it again", e);
        } catch (IOException e) {
            throw new BadInput(path + " cannot be read (" + IoReason.of(e) + "); check that it is a readable file", e);
        }
    }

    private void checkLength(ByteBuffer length) {
        if (length.get(0) == 'P' && length.get(1) == 'K') {
            throw bad("is a zip archive (PyTorch's pickle format), not safetensors; only safetensors files are read,"
                    + " because a pickle can run code");
        }
        if (headerBytes < 2 || headerBytes > MAX_HEADER) {
            throw bad("says that its header has " + Long.toUnsignedString(headerBytes)
                    + " bytes but that must be between 2 and " + MAX_HEADER
                    + ": it is damaged or not a safetensors file");
        }
        if (headerBytes > fileBytes - LENGTH_BYTES) {
            throw bad("says that its header has " + headerBytes + " bytes but only " + (fileBytes - LENGTH_BYTES)
                    + " follow: it is cut short or not a safetensors file");
        }
    }

    private Contents parse(ByteBuffer json) {
        if (json.get(0) != '{') {
            throw bad("has a header that does not begin with '{': it is damaged or not a safetensors file");
        }
        ObjectNode header = JsonFile.parse(json, path + ": the header");
        Map<String, String> metadata = metadata(header.remove(METADATA));
        List<SafetensorsEntry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            entries.add(entry(field.getKey(), field.getValue()));
        }
        entries.sort(Comparator.comparingLong(SafetensorsEntry::begin).thenComparingLong(SafetensorsEntry::end));
        return new Contents(metadata, contiguous(entries));
    }

    private Map<String, String> metadata(@Nullable JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (node == null) {
            return texts;
        }
        if (!node.isObject()) {
            throw bad("has a " + METADATA + " that is not an object of texts");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw bad("has " + METADATA + "." + field.getKey() + " = " + shown(field.getValue())
                        + " but it must be a text");
            }
            texts.put(field.getKey(), field.getValue().textValue());
        }
        return Collections.unmodifiableMap(texts);
    }

    private SafetensorsEntry entry(String name, JsonNode node) {
        if (name.isEmpty()) {
            throw bad("has a tensor with an empty name");
        }
        Set<String> fields = new TreeSet<>();
        node.fieldNames().forEachRemaining(fields::add);
        if (!fields.equals(FIELDS)) {
            throw bad(name, "has the fields " + fields + " but must have exactly " + new TreeSet<>(FIELDS));
        }
        JsonNode dtype = node.get("dtype");
        if (!dtype.isTextual() || !SafetensorsDType.NAMES.contains(dtype.textValue())) {
            throw bad(name, "has dtype " + shown(dtype) + " but only " + SafetensorsDType.NAMES + " are read");
        }
        long[] shape = naturals(name, "shape", node.get("shape"));
        long[] offsets = naturals(name, "data_offsets", node.get("data_offsets"));
        if (offsets.length != 2) {
            throw bad(name, "has " + offsets.length + " data_offsets but must have 2");
        }
        return checked(name, dtype.textValue(), shape, offsets[0], offsets[1]);
    }

    private SafetensorsEntry checked(String name, String dtype, long[] shape, long begin, long end) {
        long dataBegin = LENGTH_BYTES + headerBytes;
        long dataBytes = fileBytes - dataBegin;
        if (begin > end) {
            throw bad(name, "begins at byte " + begin + " and ends before it at " + end);
        }
        if (end > dataBytes) {
            throw bad(
                    name,
                    "ends at byte " + end + " but the file holds only " + dataBytes
                            + " bytes of data: it is cut short or damaged");
        }
        long bytes = SafetensorsDType.bytes(dtype, shape);
        if (bytes != end - begin) {
            throw bad(
                    name,
                    "has shape " + Arrays.toString(shape) + " of " + dtype + ", which is "
                            + (bytes < 0 ? "more than 2^63" : bytes) + " bytes, but its offsets give " + (end - begin));
        }
        return new SafetensorsEntry(path, name, dtype, shape, dataBegin + begin, dataBegin + end);
    }

    private Map<String, SafetensorsEntry> contiguous(List<SafetensorsEntry> sorted) {
        Map<String, SafetensorsEntry> byName = new LinkedHashMap<>();
        long expected = LENGTH_BYTES + headerBytes;
        for (SafetensorsEntry entry : sorted) {
            if (entry.begin() != expected) {
                throw bad(
                        entry.name(),
                        "begins at byte " + entry.begin() + " of the file but must begin at " + expected
                                + (entry.begin() < expected
                                        ? ": it overlaps another tensor"
                                        : ": bytes before it belong to none"));
            }
            byName.put(entry.name(), entry);
            expected = entry.end();
        }
        if (expected != fileBytes) {
            throw bad("has " + fileBytes + " bytes but its tensors end at " + expected + ": " + (fileBytes - expected)
                    + " trailing bytes belong to none");
        }
        return Collections.unmodifiableMap(byName);
    }

    private long[] naturals(String name, String field, JsonNode node) {
        if (!node.isArray()) {
            throw bad(name, "has " + field + " = " + shown(node) + " but it must be a list of whole numbers");
        }
        long[] numbers = new long[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = node.get(i);
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                throw bad(
                        name,
                        "has " + shown(number) + " in its " + field
                                + " but that must be a whole number from 0 to 2^63 - 1");
            }
            numbers[i] = number.longValue();
        }
        return numbers;
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private BadInput bad(String name, String what) {
        return bad("is damaged: tensor '" + name + "' " + what);
    }

    private BadInput bad(String what) {
        return new BadInput(path + " " + what + "; download it again");
    }
}
