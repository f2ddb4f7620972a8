package org.selgen.lake;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.selgen.data.BadInput;
import org.selgen.file.Fingerprint;

/**
 * A file or folder that outlives a machine: a path that all machines of the cluster see, or a place on any file system that
 * Hadoop knows, as {@code hdfs://host/lake}. Native code reads and writes only files of its own machine; so a remote folder
 * is worked on here and sent whole.
 */
public sealed interface Storage extends Serializable permits SharedFolder, HadoopStorage {
    /** The place of a path or URI. */
    static Storage of(String uri) {
        return uri.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*") && !uri.startsWith("file:")
                ? new HadoopStorage(uri.replaceAll("/+$", ""))
                : new SharedFolder(Path.of(uri.replaceFirst("^file:/+", "/"))
                        .toAbsolutePath()
                        .normalize()
                        .toString());
    }

    /** Path or URI. */
    String uri();

    /** What is in it under a name, or names with {@code /} between. */
    default Storage at(String name) {
        return of(uri() + "/" + name);
    }

    /** The same place, where each write passes this fence first. */
    Storage behind(Fence fence);

    /** What its writes pass. */
    Fence fence();

    /** Settings that let Hadoop's own readers find it. */
    Configuration hadoop();

    boolean exists() throws IOException;

    /** What it takes on its disk; nothing where there is nothing. */
    DiskUse use() throws IOException;

    /** Names of what is in a folder, sorted; none if there is no folder. */
    List<String> names() throws IOException;

    /** What a small file holds; empty if there is none. */
    Optional<String> text() throws IOException;

    /** Makes it a file that holds this. A reader sees the old text, the new one, or, elsewhere, for a moment none. */
    void write(String text) throws IOException;

    /** Renames a folder; there must be none of the new name. */
    void renameTo(Storage other) throws IOException;

    /** Deletes it and what is in it; does nothing where there is nothing. */
    void delete() throws IOException;

    /** The machine's folder of the lake that lies here: the lake itself, or one for copies. */
    Path root();

    /**
     * The folder on this machine: itself, or a copy. Copies are made once a machine, one process at a time, and appear whole.
     *
     * @param hash what {@link Fingerprint#ofFolder} must be; empty if it is not known
     * @throws BadInput if there is no such folder, or not with that fingerprint
     */
    Path localCopy(String hash) throws IOException;

    /** A folder of this machine to fill and then {@link #put}; not made yet, and nobody else's. */
    Path staging();

    /** Puts a filled draft here, in place of what there was. It appears complete or not at all. */
    void put(Path draft) throws IOException;

    /** Puts a copy of a folder of this machine here. It appears complete or not at all. */
    void send(Path folder) throws IOException;

    /** A folder of this machine to work in for some time, with what there is now; {@link #save} keeps what changes. */
    Path open() throws IOException;

    /** Makes this hold what the folder that {@link #open} gave holds now. */
    void save(Path work) throws IOException;

    /** Says that nobody works any more in the folder that {@link #open} gave. */
    void release(Path work) throws IOException;
}
