package org.selgen.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.selgen.lm.LanguageModel;
import org.selgen.tensor.DType;
import org.selgen.tensor.Device;

/**
 * Base models in memory: each is loaded once in a JVM and on a device, whatever tasks use it at the same time or after each
 * other. Its weights are frozen, so threads share them; an adapter is each task's own. What nobody uses any more stays for
 * the next task, at most {@code idle} models, the last used first; the others are closed and their memory is returned.
 */
public final class BaseModels {
    /** Those of this JVM. Two idle ones: the base model, and its unaligned sibling or a judge. */
    public static final BaseModels SHARED = new BaseModels(2, LanguageModel::open);

    private final int idle;
    private final BiFunction<Path, DType, LanguageModel> open;
    private final Map<Key, Held> all = new LinkedHashMap<>(); // the longest unused first

    BaseModels(int idle, BiFunction<Path, DType, LanguageModel> open) {
        this.idle = idle;
        this.open = open;
    }

    private record Key(Path folder, String hash, DType type, String device) {}

    private static final class Held {
        private final LanguageModel model;
        private int users;

        Held(LanguageModel model) {
            this.model = model;
        }
    }

    /** The right to use a model until it is closed; the model itself is not the user's to close. */
    public final class Lease implements AutoCloseable {
        private final Held held;
        private boolean closed;

        private Lease(Held held) {
            this.held = held;
        }

        public LanguageModel model() {
            return held.model;
        }

        @Override
        public void close() {
            synchronized (BaseModels.this) {
                if (!closed) {
                    closed = true;
                    held.users--;
                    closeIdle(idle);
                }
            }
        }
    }

    /**
     * A model to use. A folder whose files have other sizes or times is another model.
     *
     * @throws org.selgen.data.BadInput as {@link LanguageModel#open}
     */
    public Lease lease(Path folder, DType type) {
        return lease(folder, stamp(folder), type);
    }

    private static String stamp(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder stamp = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                stamp.append(file.getFileName()).append(' ').append(Files.size(file));
                stamp.append(' ')
                        .append(Files.getLastModifiedTime(file).toMillis())
                        .append('\n');
            }
            return stamp.toString();
        } catch (IOException e) {
            throw new BadInput("the model's folder " + folder + " cannot be read: " + e + "; give one that can", e);
        }
    }

    /**
     * A model to use; loaded if it is not in memory. Who asks for one that is being loaded waits.
     *
     * @param hash of the folder's contents: a folder that changed is another model
     * @throws org.selgen.data.BadInput as {@link LanguageModel#open}
     */
    public synchronized Lease lease(Path folder, String hash, DType type) {
        Key key = new Key(folder, hash, type, Device.current());
        Held held = all.remove(key);
        if (held == null) {
            closeIdle(Math.max(0, idle - 1)); // before loading, so that memory never holds one more
            held = new Held(open.apply(folder, type));
        }
        held.users++;
        all.put(key, held);
        return new Lease(held);
    }

    /** Closes the longest unused of those without a user, down to so many. */
    private void closeIdle(int left) {
        List<Map.Entry<Key, Held>> unused = new ArrayList<>(all.entrySet());
        unused.removeIf(entry -> entry.getValue().users > 0);
        for (Map.Entry<Key, Held> entry : unused.subList(0, Math.max(0, unused.size() - left))) {
            all.remove(entry.getKey());
            entry.getValue().model.close();
        }
    }
}
