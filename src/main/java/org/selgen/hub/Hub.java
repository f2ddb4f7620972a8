package org.selgen.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;
import org.selgen.file.ByteSize;
import org.selgen.file.ProcessLock;
import org.selgen.http.ApiKey;

/** Models of the Hugging Face Hub, each a folder in the cache that Python's tools use too. */
public final class Hub {
    private static final Set<String> YES = Set.of("1", "on", "yes", "true");
    private static final long SPARE_BYTES = 64 << 20;

    private final HubCache cache;
    private final URI endpoint;
    private final Path tokenFile;
    private final Map<String, String> env;
    private final HubRetries retries;
    private final Consumer<String> progress;

    Hub(Map<String, String> env, Path home, HubRetries retries, Consumer<String> progress) {
        Path xdg = env.containsKey("XDG_CACHE_HOME") ? Path.of(env.get("XDG_CACHE_HOME")) : home.resolve(".cache");
        Path huggingFace = env.containsKey("HF_HOME") ? Path.of(env.get("HF_HOME")) : xdg.resolve("huggingface");
        this.cache = new HubCache(
                env.containsKey("HF_HUB_CACHE") ? Path.of(env.get("HF_HUB_CACHE")) : huggingFace.resolve("hub"));
        this.endpoint = HubClient.endpoint(env.getOrDefault("HF_ENDPOINT", "https://huggingface.co"));
        this.tokenFile = Path.of(
                env.getOrDefault("HF_TOKEN_PATH", huggingFace.resolve("token").toString()));
        this.env = env;
        this.retries = retries;
        this.progress = progress;
    }

    /**
     * The Hub as the environment says: HF_HUB_CACHE, HF_HOME, HF_ENDPOINT, HF_TOKEN, HF_TOKEN_PATH, HF_HUB_OFFLINE.
     *
     * @param home the user's folder, below which the cache is where no variable says otherwise
     * @param progress receives a line when something is fetched or waited for
     * @throws BadInput if HF_ENDPOINT is no web address
     */
    public static Hub of(Map<String, String> env, Path home, Consumer<String> progress) {
        return new Hub(env, home, HubRetries.USUAL, progress);
    }

    /**
     * A model here.
     *
     * @param id its name and a revision that it is known by
     * @param folder where it lies
     * @param bytes of all its files
     * @param whole whether all files are there that a model needs
     */
    public record Kept(ModelId id, Path folder, long bytes, boolean whole) {}

    /** The cache's folder. */
    public Path cache() {
        return cache.root();
    }

    /**
     * The model's folder, out of the cache if it is whole there, else downloaded.
     *
     * @throws BadInput if it cannot be had; the line says why and what may help
     */
    public Path folder(ModelId id) {
        return withCache(id, () -> {
            Optional<Path> here = cache.whole(id);
            return here.isPresent() ? here.get() : underLock(id, true, true);
        });
    }

    /**
     * The model's folder if it is whole in the cache; asks nobody.
     *
     * @throws BadInput if it is not, and HF_HUB_OFFLINE forbids to fetch it
     */
    public Optional<Path> here(ModelId id) {
        Optional<Path> here = withCache(id, () -> cache.whole(id));
        if (here.isEmpty()) {
            refuseOffline(id);
        }
        return here;
    }

    /**
     * Brings what the Hub has now at the model's revision; files that are here are kept.
     *
     * @throws BadInput as {@link #folder}
     */
    public Path fetch(ModelId id) {
        return withCache(id, () -> underLock(id, false, true));
    }

    /**
     * Brings what describes the model, configuration and tokenizer, as the Hub has it now, and no weights.
     *
     * @throws BadInput as {@link #folder}
     */
    public Path describe(ModelId id) {
        return withCache(id, () -> underLock(id, false, false));
    }

    private interface CacheAccess<T> {
        T run() throws IOException;
    }

    private <T> T withCache(ModelId id, CacheAccess<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new BadInput(
                    "model '" + id + "' cannot be kept in " + cache.root() + " (" + IoReason.of(e)
                            + "); free some space, or set HF_HUB_CACHE to a folder you may write to",
                    e);
        }
    }

    private Path underLock(ModelId id, boolean keptWillDo, boolean weights) throws IOException {
        refuseOffline(id);
        HubClient client = new HubClient(endpoint, token(), retries);
        Path file = cache.root().resolve(".locks").resolve(id.folder()).resolve("selgen.lock");
        Files.createDirectories(file.getParent());
        Runnable waiting = () -> progress.accept("waiting for another selgen that fetches " + id.repository());
        try (ProcessLock lock = ProcessLock.take(file, waiting)) {
            Optional<Path> here = keptWillDo ? cache.whole(id) : Optional.empty();
            return here.isPresent() ? here.get() : download(client, id, weights);
        }
    }

    private void refuseOffline(ModelId id) {
        if (YES.contains(env.getOrDefault("HF_HUB_OFFLINE", "").toLowerCase(Locale.ROOT))) {
            throw new BadInput("model '" + id + "' would have to be fetched into " + cache.root()
                    + " but HF_HUB_OFFLINE forbids it; unset that, or put the whole model there");
        }
    }

    /** What the environment variable HF_TOKEN holds, or else the file; none where neither holds anything. */
    private ApiKey token() {
        String kind = "a Hugging Face token";
        String variable = env.getOrDefault("HF_TOKEN", "");
        if (!variable.isBlank()) {
            return ApiKey.of(variable, "the environment variable HF_TOKEN", kind);
        }
        if (!Files.isRegularFile(tokenFile)) {
            return ApiKey.NONE;
        }
        try {
            String text = Files.readString(tokenFile);
            return text.isBlank() ? ApiKey.NONE : ApiKey.of(text, "the file " + tokenFile, kind);
        } catch (IOException e) {
            throw new BadInput(
                    "the file " + tokenFile + " cannot be read; put your Hugging Face token there or remove it", e);
        }
    }

    private Path download(HubClient client, ModelId id, boolean weights) throws IOException {
        RepoFiles listing = client.listing(id);
        List<RemoteFile> files = listing.needed(id).stream()
                .filter(file -> weights || !WeightFileNames.weights(file.name()))
                .toList();
        Files.createDirectories(cache.home(id).resolve("blobs"));
        checkSpace(id, files);
        progress.accept("fetching " + id + " from " + endpoint.getHost() + ": " + files.size() + " files, "
                + ByteSize.decimal(files.stream().mapToLong(RemoteFile::bytes).sum()));
        Download download = new Download(client, retries, id, listing.commit());
        for (RemoteFile file : files) {
            download.to(cache.blob(id, file), file);
            progress.accept("  " + file.name() + ", " + ByteSize.decimal(file.bytes()));
        }
        for (RemoteFile file : files) { // the weights last: before them the folder is not whole
            cache.link(id, listing.commit(), file);
        }
        cache.refer(id, listing.commit());
        return cache.home(id).resolve("snapshots").resolve(listing.commit());
    }

    private void checkSpace(ModelId id, List<RemoteFile> files) throws IOException {
        double missing = SPARE_BYTES;
        for (RemoteFile file : files) {
            missing += Download.missing(file, cache.blob(id, file));
        }
        long free = Files.getFileStore(cache.root()).getUsableSpace();
        if (missing > free) {
            throw new BadInput("model '" + id + "' needs " + ByteSize.decimal((long) missing) + " more in "
                    + cache.root() + " but only " + ByteSize.decimal(free)
                    + " are free; free some space, or set HF_HUB_CACHE to a larger disk");
        }
    }

    /** All models of the cache. */
    public List<Kept> list() throws IOException {
        List<Kept> kept = new ArrayList<>();
        for (ModelId id : cache.models()) {
            Optional<Path> folder = cache.snapshot(id);
            if (folder.isPresent()) {
                Set<String> names = HubCache.names(folder.get());
                long bytes = 0;
                for (String name : names) {
                    bytes += Files.size(folder.get().resolve(name));
                }
                kept.add(new Kept(id, folder.get(), bytes, WeightFileNames.whole(names)));
            }
        }
        return kept;
    }

    /**
     * The model's folder in the cache, whole or not; asks nobody.
     *
     * @throws BadInput if its revision's note is damaged
     */
    public Optional<Path> snapshot(ModelId id) {
        return withCache(id, () -> cache.snapshot(id));
    }

    /** The model's folder in the cache if it has configuration and tokenizer, with weights or without; asks nobody. */
    public Optional<Path> described(ModelId id) {
        return withCache(id, () -> {
            Optional<Path> folder = cache.snapshot(id);
            return folder.isPresent() && WeightFileNames.described(HubCache.names(folder.get()))
                    ? folder
                    : Optional.empty();
        });
    }

    /**
     * What is wrong with a snapshot of this cache: each file's checksum must be the one it is named by.
     *
     * @return a line for each problem; none if all is well
     */
    public static List<String> problems(Path snapshot) throws IOException {
        return Verification.problems(snapshot);
    }
}
