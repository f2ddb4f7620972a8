package org.selgen.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;

/**
 * The folder of one training's checkpoints: {@code step-N.safetensors} for the last {@value #KEPT} of them, where N is
 * the number of optimizer steps. A file appears complete or not at all.
 *
 * <p>The first one is due after 10 seconds, and then one whenever the training has lasted twice as long
 * as at the last, until {@link Checkpointing#minutes} have gone by. So a training that is stopped loses at most half of its
 * work, however short it is.
 */
public final class Checkpoints {
    public static final int KEPT = 2;
    private static final int FIRST_SECONDS = 10;
    private static final String PREFIX = "step-";
    private static final String SUFFIX = ".safetensors";

    private final @Nullable Path folder;
    private final Checkpointing every;
    private final Clock clock;
    private final Runnable kept;
    private final Instant begun;
    private Instant last;

    private Checkpoints(@Nullable Path folder, Checkpointing every, Clock clock, Runnable kept) {
        this.folder = folder;
        this.every = every;
        this.clock = clock;
        this.kept = kept;
        this.begun = clock.instant();
        this.last = begun;
    }

    /** No checkpoints: nothing is saved. */
    public static Checkpoints none() {
        return new Checkpoints(null, new Checkpointing(1, 1, false), Clock.systemUTC(), () -> {});
    }

    /** Checkpoints in a folder, which is made with the first of them. */
    public static Checkpoints in(Path folder, Checkpointing every, Clock clock) {
        return in(folder, every, clock, () -> {});
    }

    /** The same; {@code kept} is called after each checkpoint, for example to copy the folder to a remote lake. */
    public static Checkpoints in(Path folder, Checkpointing every, Clock clock, Runnable kept) {
        return new Checkpoints(folder, every, clock, kept);
    }

    /**
     * The newest checkpoint of at most so many steps; its tensors belong to the current scope.
     *
     * @param training the training that must have written it: {@link Checkpoint#training}
     * @throws BadInput if that checkpoint is damaged, or belongs to another training
     */
    Optional<Checkpoint> newest(String training, int atMost) {
        Optional<Path> file = files().stream().filter(f -> steps(f) <= atMost).findFirst();
        return file.map(f -> {
            Checkpoint checkpoint = Checkpoint.read(f);
            if (!checkpoint.training().equals(training)) {
                throw new BadInput(f + " is a checkpoint of another training (" + checkpoint.training()
                        + ") than this one (" + training + "); delete its folder to train from the beginning");
            }
            return checkpoint;
        });
    }

    /**
     * Saves the state after this many steps if a checkpoint is due or the training ends; then deletes old checkpoints.
     */
    void offer(int steps, boolean ends, Supplier<Checkpoint> state) {
        if (folder == null || !(ends || late() || steps % every.steps() == 0)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            state.get().write(folder.resolve(PREFIX + steps + SUFFIX));
            for (Path old : files().stream().skip(KEPT).toList()) {
                Files.delete(old);
            }
            deleteUnfinished(folder);
            kept.run();
        } catch (IOException e) {
            throw new UncheckedIOException("a checkpoint cannot be kept in " + folder, e);
        }
        last = clock.instant();
    }

    private boolean late() {
        long lasted = Duration.between(begun, last).toMillis();
        double pause = Math.min((double) Math.max(FIRST_SECONDS * 1000, lasted), every.minutes() * 60_000.0);
        return Duration.between(last, clock.instant()).toMillis() >= pause;
    }

    /** All checkpoints, the newest first. */
    private List<Path> files() {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().matches(PREFIX + "\\d{1,9}" + SUFFIX))
                    .sorted(Comparator.comparingInt(Checkpoints::steps).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoints cannot be listed in " + folder, e);
        }
    }

    /** Deletes the unfinished file of an attempt that was killed. */
    private static void deleteUnfinished(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path part : files.filter(f -> f.getFileName().toString().endsWith(".part"))
                    .toList()) {
                Files.delete(part);
            }
        }
    }

    private static int steps(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }
}
