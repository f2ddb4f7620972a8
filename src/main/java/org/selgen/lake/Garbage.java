package org.selgen.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.selgen.file.ByteSize;

/**
 * What a lake has that no run needs, as a killed process or a deletion has left it. Only who has the {@link Lock} knows that
 * no other process is writing just that.
 *
 * <p>A training that was stopped has no row yet. What it may go on from stays for some time: checkpoints, adapters of which no
 * row of any table tells, and artefacts. Folders whose names are not selgen's stay for ever.
 *
 * @param folders files and folders that go
 * @param rows how many rows go of runs that have none of their own, by table
 * @param runs ids of those runs
 * @param old what only old versions of tables need
 * @param kept folders that stay, and might be thought to go
 */
public record Garbage(
        List<Folder> folders, Map<String, Long> rows, Set<String> runs, List<OldVersions> old, List<Folder> kept)
        implements Deletion {
    /**
     * A file or folder.
     *
     * @param path within the lake
     * @param why it goes, or stays
     */
    public record Folder(String path, String why, DiskUse use) {
        String line() {
            return path + " (" + ByteSize.decimal(use.bytes()) + "): " + why;
        }
    }

    /** Folders go before rows, which say of a folder that its run is gone: a killed deletion is begun again. */
    @Override
    public void from(Lake lake) throws IOException {
        for (Folder folder : folders) {
            lake.storage().at(folder.path()).delete();
        }
        if (!runs.isEmpty()) {
            new RunContents(lake).deleteRows(runs);
        }
        old.forEach(OldVersions::delete);
    }

    /** A line for each, and for what stays; then one for all that goes. */
    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        folders.forEach(folder -> lines.add("goes: " + folder.line()));
        rows.forEach((table, count) -> lines.add("goes: " + count + " rows of " + table + ": their runs have no row"));
        old.forEach(versions -> lines.add("goes: " + versions.line()));
        kept.forEach(folder -> lines.add("stays: " + folder.line()));
        long bytes = Stream.concat(
                        folders.stream().map(Folder::use), old.stream().map(OldVersions::use))
                .mapToLong(DiskUse::bytes)
                .sum();
        long files = folders.size() + old.stream().mapToLong(OldVersions::files).sum();
        long all = rows.values().stream().mapToLong(count -> count).sum();
        lines.add("all that goes: " + files + " files and folders of " + ByteSize.decimal(bytes) + ", and " + all
                + " rows");
        return lines;
    }
}
