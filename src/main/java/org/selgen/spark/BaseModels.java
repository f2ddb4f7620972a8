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
import org.selgen.data.IoReason;
import org.selgen.lm.LanguageModel;
import org.selgen.tensor.DType;
import org.selgen.tensor.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Base models in memory. Each is loaded once per JVM and device, and shared by tasks that run at the same time or one
 * after the other. Its weights are frozen, so threads can share them; each task has its own adapter. Of the models
 * without a user, the {@code idle} most recently used stay for the next task; the others are closed and their memory is
 * freed.
 */
public final class BaseModels {
    /** The models of this JVM; two idle ones stay, as the base model and its unaligned sibling or a judge. */
    public static final BaseModels SHARED = new BaseModels(2, LanguageModel::open);

    private static final Logger LOG = LoggerFactory.getLogger(BaseModels.class);

    private final int idle;
    private final BiFunction<Path, DType, LanguageModel> open;
    private final Map<ModelKey, Held> all = new LinkedHashMap<>(); // the least recently used first

    BaseModels(int idle, BiFunction<Path, DType, LanguageModel> open) {
        this.idle = idle;
        this.open = open;
    }

    private record ModelKey(Path folder, String hash, DType type, String device) {}

    private static final class Held {
        private final LanguageModel model;
        private int users;

        Held(LanguageModel model) {
            this.model = model;
        }
    }

    /** The right to use a model until the lease is closed. The user does not close the model. */
    public final class SharedModel implements AutoCloseable {
        private final Held held;
        private boolean closed;

        private SharedModel(Held held) {
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
     * A lease of the model in a folder. A folder whose files have other sizes or times counts as another model.
     *
     * @throws org.selgen.data.BadInput as {@link LanguageModel#open}
     */
    public SharedModel lease(Path folder, DType type) {
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
            throw new BadInput(
                    "the model's folder " + folder + " cannot be read: " + IoReason.of(e) + "; give one that can", e);
        }
    }

    /**
     * A lease of the model in a folder, which is loaded if it is not in memory. A second caller waits while it is
     * loaded.
     *
     * @param hash of the folder's contents: a changed folder counts as another model
     * @throws org.selgen.data.BadInput as {@link LanguageModel#open}
     */
    public synchronized SharedModel lease(Path folder, String hash, DType type) {
        ModelKey key = new ModelKey(folder, hash, type, Device.current());
        Held held = all.remove(key);
        if (held == null) {
            closeIdle(Math.max(0, idle - 1)); // before loading, so that memory never holds one more
            long begun = System.nanoTime();
            held = new Held(open.apply(folder, type));
            LOG.info("model={} seconds={}", folder, Math.round((System.nanoTime() - begun) / 1e7) / 100.0);
        }
        held.users++;
        all.put(key, held);
        return new SharedModel(held);
    }

    /** Closes the least recently used models without a user until {@code left} of them remain. */
    private void closeIdle(int left) {
        List<Map.Entry<ModelKey, Held>> unused = new ArrayList<>(all.entrySet());
        unused.removeIf(entry -> entry.getValue().users > 0);
        for (Map.Entry<ModelKey, Held> entry : unused.subList(0, Math.max(0, unused.size() - left))) {
            all.remove(entry.getKey());
            entry.getValue().model.close();
        }
    }
}
