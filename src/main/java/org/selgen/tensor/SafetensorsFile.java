package org.selgen.tensor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.selgen.data.BadInput;
import org.selgen.file.WholeFile;

/**
 * A safetensors file whose header was checked: which tensors it holds, and at which offsets. The data are not read, so
 * a file of many gigabytes opens at once.
 * <pre>
 *   file = length of the header (8 bytes, little-endian) | header (JSON) | data
 *   header = {"__metadata__": {text: text}, name: {"dtype", "shape", "data_offsets": [begin, end)}, ...}
 * </pre>
 * Source: the format of huggingface/safetensors. Stricter than its library: no key may occur twice, and an entry has
 * these three fields only.
 *
 * @param path the file
 * @param metadata the free texts of the header, in the order of the file; empty if there are none
 * @param entries the tensors by name, in the order of their bytes
 */
public record SafetensorsFile(Path path, Map<String, String> metadata, Map<String, SafetensorsEntry> entries) {

    /**
     * Reads and checks the header.
     *
     * @throws BadInput if the file is missing or breaks any rule of the format; the message names file, tensor, value
     *     and bound
     */
    public static SafetensorsFile open(Path path) {
        SafetensorsHeader.Contents header = SafetensorsHeader.read(path);
        return new SafetensorsFile(path, header.metadata(), header.entries());
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
    public static void write(Path path, Map<String, String> metadata, List<SafetensorsItem> items) {
        writeSources(path, metadata, items.stream().map(SafetensorsItem::source).toList());
    }

    /**
     * The same with bytes that are made while they are written, one tensor after the other.
     *
     * @throws IllegalArgumentException as the other; a source whose bytes do not fit its shape is told when it is written
     */
    public static void writeSources(Path path, Map<String, String> metadata, List<SafetensorsSource> sources) {
        WholeFile.write(path, SafetensorsLayout.of(metadata, sources));
    }
}
