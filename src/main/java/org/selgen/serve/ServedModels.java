package org.selgen.serve;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.selgen.data.BadInput;
import org.selgen.data.Printable;
import org.selgen.lm.Adapter;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.StreamingGenerator;

/** A base model by its name, and adapters on it by the names of their folders. */
public final class ServedModels {
    private final LanguageModel base;
    private final int longest;
    private final Map<String, StreamingGenerator> byName = new LinkedHashMap<>();

    /** @param kvMemory most memory for keys and values of an answer, in MiB; it bounds prompt and answer together */
    public ServedModels(LanguageModel base, String name, int kvMemory) {
        this.base = base;
        long tokens = ((long) kvMemory << 20) / StreamingGenerator.cacheBytes(base);
        this.longest = (int) Math.min(Integer.MAX_VALUE, Math.max(2, tokens));
        byName.put(name, new StreamingGenerator(base, longest));
    }

    /**
     * Adds an adapter.
     *
     * @throws BadInput if it does not fit the base model
     */
    public void add(Path adapter) {
        Adapter read = Adapter.read(adapter, base.decoder().config());
        byName.put(String.valueOf(adapter.getFileName()), new StreamingGenerator(base.with(read), longest));
    }

    /** Adds those adapters that fit the base model, and tells of each other one in one line. */
    public void addFitting(List<Path> adapters, Consumer<String> notServed) {
        for (Path adapter : adapters) {
            try {
                add(adapter);
            } catch (BadInput e) { // of another base model
                notServed.accept(
                        "not served: " + adapter.getFileName() + ": " + Printable.line(String.valueOf(e.getMessage())));
            }
        }
    }

    /** The models by name, the base model first. */
    public Map<String, StreamingGenerator> byName() {
        return new LinkedHashMap<>(byName);
    }
}
