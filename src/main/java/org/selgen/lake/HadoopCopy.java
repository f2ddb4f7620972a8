package org.selgen.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Copies folders between this machine and a file system that only Hadoop knows. */
record HadoopCopy(FileSystem files) {
    /** To a folder that is made. */
    void download(Path from, java.nio.file.Path to) throws IOException {
        Files.createDirectories(to);
        for (FileStatus each : files.listStatus(from)) {
            java.nio.file.Path target = to.resolve(each.getPath().getName());
            if (each.isDirectory()) {
                download(each.getPath(), target);
            } else {
                try (var in = files.open(each.getPath())) {
                    if (Files.copy(in, target) != each.getLen()) {
                        throw new IOException(each.getPath() + " changed while it was read");
                    }
                }
            }
        }
    }

    /** To a folder that is made. */
    void upload(java.nio.file.Path from, Path to) throws IOException {
        files.mkdirs(to);
        try (Stream<java.nio.file.Path> all = Files.list(from)) {
            for (java.nio.file.Path each : all.toList()) {
                Path target = new Path(to, each.getFileName().toString());
                if (Files.isDirectory(each)) {
                    upload(each, target);
                } else {
                    try (OutputStream out = files.create(target, false)) {
                        Files.copy(each, out);
                    }
                }
            }
        }
    }
}
