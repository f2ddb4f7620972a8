package org.selgen.hub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.selgen.data.BadInput;

/**
 * What the Hub has of a model at one commit. Nothing in it is believed before it is checked: it becomes paths.
 *
 * @param commit 40 hexadecimal digits
 * @param files all of them, in the order of the Hub
 */
record RepoFiles(String commit, List<RemoteFile> files) {
    private static final long MOST_SMALL_BYTES = 100_000_000;
    private static final Set<String> TOKENIZER =
            Set.of("tokenizer.model", "merges.txt", "vocab.txt", "chat_template.jinja");
    private static final List<String> PICKLES =
            List.of(".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".msgpack", ".h5", ".npz", ".joblib");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build());

    /**
     * Reads the reply of {@code /api/models/<name>/revision/<revision>?blobs=true}.
     *
     * @throws TransientException if it is no JSON: it may have been cut
     * @throws BadInput if it is not such a reply, or holds a name that leads elsewhere
     */
    static RepoFiles parse(String reply, ModelId id) throws TransientException {
        JsonNode root;
        try {
            root = JSON.readTree(reply);
        } catch (JsonProcessingException e) {
            throw new TransientException("the Hub's list of files of model '" + id + "' is not JSON", e);
        }
        String commit = root.path("sha").asText("");
        if (!ModelId.commit(commit)) {
            throw bad(id, "names commit '" + commit + "', which is not 40 hexadecimal digits");
        }
        List<RemoteFile> files = new ArrayList<>();
        for (JsonNode sibling : root.path("siblings")) {
            files.add(file(sibling, id));
        }
        if (files.stream().map(RemoteFile::name).distinct().count() < files.size()) {
            throw bad(id, "names a file twice");
        }
        return new RepoFiles(commit, List.copyOf(files));
    }

    private static RemoteFile file(JsonNode sibling, ModelId id) {
        String name = sibling.path("rfilename").asText("");
        if (List.of(name.split("/", -1)).stream()
                        .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))
                || !name.chars().allMatch(c -> c >= ' ' && c != '\\' && c != 127 && c != ':')) {
            throw bad(id, "names a file '" + name + "', which could lead out of the model's folder");
        }
        boolean large = sibling.path("lfs").isObject();
        String checksum = (large ? sibling.path("lfs").path("sha256") : sibling.path("blobId")).asText("");
        JsonNode bytes = large ? sibling.path("lfs").path("size") : sibling.path("size");
        if (!checksum.matches(large ? "[0-9a-f]{64}" : "[0-9a-f]{40}")
                || !bytes.canConvertToLong()
                || bytes.asLong(-1) < 0) {
            throw bad(id, "gives no length and checksum for file '" + name + "'");
        }
        return new RemoteFile(name, bytes.longValue(), checksum);
    }

    /**
     * What we download: configuration and tokenizer first, then the weights in safetensors.
     *
     * @throws BadInput if one of the three is not there, or a small file is not small
     */
    List<RemoteFile> needed(ModelId id) {
        Set<String> names = files.stream().map(RemoteFile::name).collect(Collectors.toSet());
        Set<String> weights = WeightFileNames.among(names);
        if (weights.isEmpty() && names.contains("adapter_config.json")) {
            throw new BadInput(
                    "'" + id + "' is an adapter (it has adapter_config.json), not a model; give the base model"
                            + " that its page names");
        }
        if (weights.isEmpty()) {
            throw new BadInput("model '" + id + "' has " + pickles() + "no model.safetensors and no complete set of"
                    + " model-<i>-of-<n>.safetensors; only safetensors are fetched, because a pickle can run code:"
                    + " choose a model or a revision that has them");
        }
        for (String must : WeightFileNames.FILES) {
            if (!names.contains(must)) {
                throw new BadInput("model '" + id + "' has no " + must
                        + ", which is needed; choose a model of transformers with a fast tokenizer");
            }
        }
        List<RemoteFile> needed = new ArrayList<>();
        files.stream().filter(file -> small(file, id)).forEach(needed::add);
        files.stream().filter(file -> weights.contains(file.name())).forEach(needed::add);
        return needed;
    }

    private static boolean small(RemoteFile file, ModelId id) {
        boolean chosen =
                !file.name().contains("/") && (file.name().endsWith(".json") || TOKENIZER.contains(file.name()));
        if (chosen && file.bytes() > MOST_SMALL_BYTES) {
            throw new BadInput("model '" + id + "' has a " + file.name() + " of " + file.bytes() + " bytes but at most "
                    + MOST_SMALL_BYTES + " are fetched; choose another model");
        }
        return chosen;
    }

    private String pickles() {
        return files.stream()
                .map(RemoteFile::name)
                .filter(name -> PICKLES.stream().anyMatch(name::endsWith))
                .sorted()
                .findFirst()
                .map(name -> name + " but ")
                .orElse("");
    }

    private static BadInput bad(ModelId id, String what) {
        return new BadInput("the Hub's list of files of model '" + id + "' " + what
                + "; check HF_ENDPOINT, or choose another model");
    }
}
