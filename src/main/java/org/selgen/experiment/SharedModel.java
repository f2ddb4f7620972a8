package org.selgen.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.selgen.data.BadInput;
import org.selgen.hub.ModelId;
import org.selgen.hub.ModelLocator;
import org.selgen.lake.Lake;
import org.selgen.lake.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an executor finds a model: a folder that all machines see, a place of a remote lake, or, on a cluster, its name on the
 * Hub at one commit. A model of the Hub is then fetched once by each machine that has it not in its own cache.
 */
public final class SharedModel {
    private static final Logger LOG = LoggerFactory.getLogger(SharedModel.class);
    private static final String HUB = "hub:";

    private SharedModel() {}

    /** What to tell executors of a model's folder on this machine. */
    public static String of(Lake lake, Path folder) throws IOException {
        Storage shared = lake.shared(folder);
        Optional<ModelId> pinned = ModelLocator.pinned(folder);
        boolean here = Path.of(shared.uri()).equals(folder.toAbsolutePath().normalize());
        return here && pinned.isPresent() && !lake.spark().sparkContext().isLocal() ? HUB + pinned.get() : shared.uri();
    }

    /**
     * The folder on this machine.
     *
     * @param place as {@link #of} gave it
     * @param hash of its contents; empty if it is not known
     * @throws BadInput if it cannot be had, or has other contents
     */
    public static Path local(String place, String hash) throws IOException {
        if (!place.startsWith(HUB)) {
            return Storage.of(place).localCopy(hash);
        }
        String name = place.substring(HUB.length());
        ModelId id = ModelId.of(name).orElseThrow(() -> new BadInput("'" + name + "' is no model of the Hub"));
        return ModelLocator.hub(LOG::info).folder(id); // a commit says what it holds
    }
}
