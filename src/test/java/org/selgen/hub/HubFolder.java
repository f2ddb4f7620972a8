package org.selgen.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.selgen.http.RetryPolicy;

/** A home folder, the Hub's tools in it, and a small model to have. */
final class HubFolder {
    static final ModelId TOY = ModelId.of("org/toy").orElseThrow();
    static final HubRetries HASTY = new HubRetries(new RetryPolicy(4, 1, 2000), 2000, 1000);

    final Path home;
    final List<String> told = new ArrayList<>();

    HubFolder(Path home) {
        this.home = home;
    }

    /** Bytes of a model; nothing here reads them. */
    static Map<String, byte[]> toy() {
        byte[] weights = new byte[300_000];
        new SplittableRandom(1).nextBytes(weights);
        return new HashMap<>(Map.of(
                "config.json", text("{\"model_type\": \"toy\"}"),
                "tokenizer.json", text("{}"),
                "model.safetensors", weights,
                "README.md", text("# toy"),
                "pytorch_model.bin", text("a pickle"),
                "onnx/model.onnx", text("another format")));
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Hub hub(HubServer server, String... variables) {
        Map<String, String> env = new HashMap<>(Map.of("HF_ENDPOINT", server.url()));
        for (int i = 0; i < variables.length; i += 2) {
            env.put(variables[i], variables[i + 1]);
        }
        return new Hub(env, home, HASTY, told::add);
    }

    Path repository() {
        return home.resolve(".cache/huggingface/hub/models--org--toy");
    }

    Path snapshot() {
        return repository().resolve("snapshots").resolve(HubServer.COMMIT);
    }

    /** The folder is what the server has, each file under the name of its own checksum. */
    void assertWhole(Path folder, HubServer server) throws IOException {
        assertThat(folder).isEqualTo(snapshot());
        for (String name : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            assertThat(folder.resolve(name)).hasBinaryContent(server.files.get(name));
        }
        assertThat(Hub.problems(folder)).isEmpty();
        assertNothingBroken();
        try (Stream<Path> blobs = Files.list(repository().resolve("blobs"))) {
            assertThat(blobs.map(Path::toString)).noneMatch(name -> name.endsWith(".incomplete"));
        }
    }

    /** Whatever has a final name has the bytes that belong to it, and nothing was written elsewhere. */
    void assertNothingBroken() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                boolean blob = file.getParent().endsWith("blobs");
                if (blob && !name.endsWith(".selgen.incomplete")) {
                    assertThat(RemoteFile.checksum(file, name.length())).isEqualTo(name);
                }
                assertThat(file.startsWith(home.resolve(".cache/huggingface/hub")))
                        .isTrue();
            }
        }
        if (Files.exists(snapshot())) {
            try (Stream<Path> links = Files.list(snapshot())) {
                assertThat(links).allMatch(Files::isSymbolicLink).allMatch(Files::exists);
            }
        }
    }

    static byte[] reversed(byte[] bytes) {
        byte[] other = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < other.length; i++) {
            other[i] ^= 0x55;
        }
        return other;
    }
}
