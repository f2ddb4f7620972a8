package org.selgen.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.selgen.data.BadInput;
import org.selgen.data.Printable;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.StreamingGenerator;

/** A base model by its name, and adapters on it by the names of their folders. */
public final class ServedModels {
    private static final int LEAST = 64;

    private final int longest;
    private final Map<String, StreamingGenerator> byName = new LinkedHashMap<>();

    /**
     * The base model alone.
     *
     * @param kvMemory most memory for keys and values of an answer, in MiB; it bounds prompt and answer together
     * @throws BadInput if that holds less than a short answer
     */
    public ServedModels(LanguageModel base, String name, int kvMemory) {
        this.longest = longest(kvMemory, StreamingGenerator.cacheBytes(base));
        add(name, base);
    }

    /** @param bytes of one token */
    static int longest(int kvMemory, long bytes) {
        long tokens = ((long) kvMemory << 20) / bytes;
        if (tokens < LEAST) {
            throw new BadInput("--kv-memory is " + kvMemory + " (MiB), which holds " + tokens
                    + " tokens of this model but must hold at least " + LEAST + ", prompt and answer together; give at"
                    + " least " + ((LEAST * bytes + (1 << 20) - 1) >> 20));
        }
        return (int) Math.min(Integer.MAX_VALUE, tokens);
    }

    /** Adds a model. */
    public void add(String name, LanguageModel model) {
        byName.put(name, new StreamingGenerator(model, longest));
    }

    /** How an adapter's folder becomes a model. */
    public interface Reader {
        /**
         * The base model with an adapter.
         *
         * @throws BadInput if the adapter is not one of this base model
         */
        LanguageModel read(Path adapter) throws IOException;
    }

    /** Adds those adapters that can be read, by the names of their folders, and tells of each other one in one line. */
    public void addFitting(List<Path> adapters, Reader reader, Consumer<String> notServed) throws IOException {
        for (Path adapter : adapters) {
            try {
                add(String.valueOf(adapter.getFileName()), reader.read(adapter));
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
