package org.selgen.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;

/**
 * A file of a model's or an adapter's folder. Its name is a plain one, and what it leads to lies in the folder itself: a
 * link may lead out only where the Hugging Face cache itself does so, from {@code snapshots/<commit>/} to {@code blobs/}.
 */
public final class FolderFile {
    private FolderFile() {}

    /**
     * The file of that name, whether it is there or not.
     *
     * @throws BadInput if the name or a link leads out of the folder, or to something that is no file
     */
    public static Path of(Path folder, String name) {
        try {
            if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.equals("..") || name.equals(".")) {
                throw outside(folder, name);
            }
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                checkPlace(folder, name, file);
            }
            return file;
        } catch (InvalidPathException e) {
            throw new BadInput(outside(folder, name).getMessage(), e);
        } catch (IOException e) {
            throw new BadInput(folder.resolve(name) + " cannot be read (" + IoReason.of(e) + "); check the folder", e);
        }
    }

    private static void checkPlace(Path folder, String name, Path file) throws IOException {
        Path home = folder.toRealPath();
        Path real = file.toRealPath();
        if (!home.equals(real.getParent()) && !cache(home, real)) {
            throw outside(folder, name);
        }
        if (!Files.isRegularFile(real)) {
            throw new BadInput(file + " cannot be read: it is no file; download the folder again");
        }
    }

    private static boolean cache(Path home, Path real) {
        Path snapshots = home.getParent();
        return snapshots != null
                && snapshots.endsWith("snapshots")
                && snapshots.resolveSibling("blobs").equals(real.getParent());
    }

    private static BadInput outside(Path folder, String name) {
        return new BadInput("file '" + name + "' of " + folder
                + " must be a plain name of a file inside the folder; download the folder again");
    }
}
