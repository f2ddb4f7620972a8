package org.selgen.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.selgen.data.BadInput;
import org.selgen.file.Fingerprint;
import org.selgen.file.NodeCache;

/** A place on a file system that only Hadoop knows. */
record HadoopStorage(String uri, Fence fence) implements Storage {
    HadoopStorage(String uri) {
        this(uri, Fence.NONE);
    }

    @Override
    public Storage behind(Fence fence) {
        return new HadoopStorage(uri, fence);
    }

    @Override
    public HadoopStorage at(String name) {
        return new HadoopStorage(uri + "/" + name, fence);
    }

    private Path path() {
        return new Path(uri);
    }

    @Override
    public Configuration hadoop() {
        return SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
    }

    FileSystem files() throws IOException {
        return path().getFileSystem(hadoop());
    }

    @Override
    public boolean exists() throws IOException {
        return files().exists(path());
    }

    @Override
    public DiskUse use() throws IOException {
        DiskUse use = DiskUse.NONE;
        if (exists()) {
            for (var all = files().listFiles(path(), true); all.hasNext(); ) {
                FileStatus file = all.next();
                use = use.plus(file.getLen(), file.getModificationTime());
            }
        }
        return use;
    }

    private List<FileStatus> list() throws IOException {
        try {
            return Arrays.asList(files().listStatus(path()));
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    @Override
    public List<String> names() throws IOException {
        return list().stream().map(file -> file.getPath().getName()).sorted().toList();
    }

    @Override
    public Optional<String> text() throws IOException {
        try (var in = files().open(path())) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(String text) throws IOException {
        Path draft = sibling();
        try (OutputStream out = files().create(draft, false)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        replace(draft);
    }

    @Override
    public void renameTo(Storage other) throws IOException {
        fence.check();
        rename(path(), new Path(other.uri()));
    }

    @Override
    public void delete() throws IOException {
        fence.check();
        files().delete(path(), true);
    }

    @Override
    public java.nio.file.Path root() {
        return NodeCache.folder().resolve("lakes").resolve(Fingerprint.of(uri));
    }

    @Override
    public java.nio.file.Path localCopy(String hash) throws IOException {
        List<FileStatus> files = list();
        List<String> now = new ArrayList<>(List.of(uri, hash));
        files.forEach(
                file -> now.add(file.getPath().getName() + " " + file.getLen() + " " + file.getModificationTime()));
        if (files.isEmpty()) {
            throw new BadInput("there is no folder " + uri + "; put it there or correct the name");
        }
        java.nio.file.Path copy = NodeCache.folder()
                .resolve("fetched")
                .resolve(Fingerprint.of(now))
                .resolve(path().getName());
        return NodeCache.alone("fetch-" + Fingerprint.of(uri), () -> whole(copy, files) ? copy : fetch(copy, hash));
    }

    /** Whether a copy has still all files, each as long as it was. */
    private static boolean whole(java.nio.file.Path copy, List<FileStatus> files) throws IOException {
        for (FileStatus file : files) {
            java.nio.file.Path mine = copy.resolve(file.getPath().getName());
            if (!Files.exists(mine) || (file.isFile() && Files.size(mine) != file.getLen())) {
                return false;
            }
        }
        return true;
    }

    private java.nio.file.Path fetch(java.nio.file.Path copy, String hash) throws IOException {
        java.nio.file.Path draft = staging();
        new HadoopCopy(files()).download(path(), draft);
        if (!hash.isEmpty() && !Fingerprint.ofFolder(draft).equals(hash)) {
            new SharedFolder(draft.toString()).delete();
            throw new BadInput(uri + " has not the contents with fingerprint " + hash
                    + " that this experiment began with; was it changed? Give the changed one another name");
        }
        Files.createDirectories(copy.getParent());
        new SharedFolder(copy.toString()).put(draft);
        return copy;
    }

    @Override
    public java.nio.file.Path staging() {
        return NodeCache.folder().resolve("drafts").resolve(UUID.randomUUID().toString());
    }

    @Override
    public void put(java.nio.file.Path folder) throws IOException {
        send(folder);
        new SharedFolder(folder.toString()).delete();
    }

    @Override
    public void send(java.nio.file.Path folder) throws IOException {
        Path draft = sibling();
        new HadoopCopy(files()).upload(folder, draft);
        replace(draft);
    }

    @Override
    public java.nio.file.Path open() throws IOException {
        java.nio.file.Path work = staging();
        if (exists()) {
            new HadoopCopy(files()).download(path(), work);
        }
        return work;
    }

    @Override
    public void save(java.nio.file.Path work) throws IOException {
        if (!Files.isDirectory(work)) {
            return;
        }
        List<String> local = new SharedFolder(work.toString()).names();
        List<String> known = names();
        for (String name : local) {
            java.nio.file.Path file = work.resolve(name);
            if (Files.isDirectory(file)) {
                at(name).save(file);
            } else if (!known.contains(name)) {
                HadoopStorage target = at(name);
                Path draft = target.sibling();
                files().copyFromLocalFile(false, true, new Path(file.toUri()), draft);
                target.replace(draft);
            }
        }
        for (String name : known) {
            if (!local.contains(name)) {
                at(name).delete();
            }
        }
    }

    @Override
    public void release(java.nio.file.Path work) throws IOException {
        new SharedFolder(work.toString()).delete();
    }

    private Path sibling() {
        return new Path(path().getParent(), "_" + path().getName() + "-" + UUID.randomUUID());
    }

    private void replace(Path draft) throws IOException {
        delete();
        rename(draft, path());
    }

    private void rename(Path from, Path to) throws IOException {
        files().mkdirs(to.getParent());
        if (!files().rename(from, to)) {
            throw new IOException(from + " cannot be renamed to " + to);
        }
    }
}
