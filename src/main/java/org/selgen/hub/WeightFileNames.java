package org.selgen.hub;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which names of files make a whole model. */
final class WeightFileNames {
    /** What a model needs beside its weights. */
    static final Set<String> FILES = Set.of("config.json", "tokenizer.json");

    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = SINGLE + ".index.json";
    private static final Pattern SHARD = Pattern.compile("model-(\\d{5,6})-of-(\\d{5,6})\\.safetensors");

    private WeightFileNames() {}

    /** The files of the weights, as transformers looks for them: one, or an index and all its parts; empty if neither. */
    static Set<String> among(Set<String> names) {
        if (names.contains(SINGLE)) {
            return Set.of(SINGLE);
        }
        Set<String> shards = new TreeSet<>();
        int parts = 0;
        for (String name : names) {
            Matcher shard = SHARD.matcher(name);
            if (shard.matches()) {
                shards.add(name);
                parts = Integer.parseInt(shard.group(2));
            }
        }
        return names.contains(INDEX) && shards.size() == parts ? shards : Set.of();
    }

    /** Whether a file holds weights. */
    static boolean weights(String name) {
        return name.endsWith(".safetensors");
    }

    /** Whether a folder with these files describes a model, with or without its weights. */
    static boolean described(Set<String> names) {
        return names.containsAll(FILES);
    }

    /** Whether a folder with these files is a whole model. */
    static boolean whole(Set<String> names) {
        return names.containsAll(FILES) && !among(names).isEmpty();
    }
}
