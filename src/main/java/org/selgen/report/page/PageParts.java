package org.selgen.report.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.selgen.file.WholeFile;

/**
 * Named pieces of data: within the page while they are small together, else a file each in a folder beside it. No more than
 * the bound is ever held here.
 */
final class PageParts {
    /** Bytes that a page takes in. */
    static final int MOST = 10 << 20;

    private static final String ENDING = ".json";

    private final Path folder;
    private final int most;
    private final Map<String, String> kept = new LinkedHashMap<>();
    private final Set<String> written = new HashSet<>();
    private long bytes;

    /** @param folder of the files, if there will be any */
    PageParts(Path folder, int most) {
        this.folder = folder;
        this.most = most;
    }

    void put(String name, Object value) {
        String json = PageFile.json(value);
        bytes += json.length();
        if (bytes <= most) {
            kept.put(name, json);
            return;
        }
        kept.forEach(this::write);
        kept.clear();
        write(name, json);
    }

    private void write(String name, String json) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be made", e);
        }
        WholeFile.write(folder.resolve(name + ENDING), List.of(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8))));
        written.add(name + ENDING);
    }

    /** Whether they are files. */
    boolean beside() {
        return !written.isEmpty();
    }

    /** Deletes what an earlier page has left, and gives the elements for the page; none where there are files. */
    String finish() {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    if (!written.contains(file.getFileName().toString())) {
                        Files.delete(file);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the folder " + folder + " cannot be tidied", e);
            }
        }
        StringBuilder elements = new StringBuilder();
        kept.forEach((name, json) -> elements.append(PageFile.part(name, json)));
        return elements.toString();
    }
}
