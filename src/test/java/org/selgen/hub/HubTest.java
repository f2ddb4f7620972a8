package org.selgen.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.BadInput;

class HubTest {
    @TempDir
    private Path home;

    private HubFolder folder;
    private HubServer server;

    @BeforeEach
    void serve() throws IOException {
        folder = new HubFolder(home);
        server = new HubServer(HubFolder.toy());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aModelLiesInTheLayoutOfTheCache() throws IOException {
        Path got = folder.hub(server).folder(HubFolder.TOY);
        folder.assertWhole(got, server);
        assertThat(folder.repository().resolve("refs/main")).hasContent(HubServer.COMMIT);
        assertThat(Files.readSymbolicLink(got.resolve("model.safetensors")).toString())
                .matches("../../blobs/[0-9a-f]{64}");
        assertThat(Files.readSymbolicLink(got.resolve("config.json")).toString())
                .matches("../../blobs/[0-9a-f]{40}");
        assertThat(HubCache.names(got)).containsExactly("config.json", "model.safetensors", "tokenizer.json");
    }

    @Test
    void aModelThatIsHereIsNotAskedFor() throws IOException {
        folder.hub(server).folder(HubFolder.TOY);
        server.asked.clear();
        Path again = folder.hub(server, "HF_HUB_OFFLINE", "1").folder(HubFolder.TOY);
        assertThat(again).isEqualTo(folder.snapshot());
        assertThat(server.asked).isEmpty();
    }

    @Test
    void aModelOfSeveralFilesIsWholeOnlyWithAllOfThem() throws IOException {
        byte[] all = server.files.remove("model.safetensors");
        server.files.put("model.safetensors.index.json", HubFolder.text("{\"weight_map\": {}}"));
        server.files.put("model-00001-of-00002.safetensors", Arrays.copyOf(all, 1000));
        assertThatThrownBy(() -> folder.hub(server).folder(HubFolder.TOY)).hasMessageContaining("no complete set");
        server.files.put("model-00002-of-00002.safetensors", Arrays.copyOfRange(all, 1000, 3000));
        Path got = folder.hub(server).folder(HubFolder.TOY);
        assertThat(HubCache.names(got)).hasSize(5);
        Files.delete(got.resolve("model-00002-of-00002.safetensors"));
        assertThat(folder.hub(server).list()).extracting(Hub.Kept::whole).containsExactly(false);
        folder.hub(server).folder(HubFolder.TOY);
        assertThat(HubCache.names(got)).hasSize(5);
    }

    @Test
    void aRevisionIsKeptBesideTheOthers() throws IOException {
        Hub hub = folder.hub(server);
        hub.folder(ModelId.of("org/toy@refs/pr/1").orElseThrow());
        assertThat(server.asked.get(0)).startsWith("/api/models/org/toy/revision/refs/pr/1");
        hub.folder(ModelId.of("org/toy@" + HubServer.COMMIT).orElseThrow());
        assertThat(server.asked("model.safetensors")).isEqualTo(1);
        assertThat(hub.list()).extracting(kept -> kept.id().toString()).containsExactly("org/toy@refs/pr/1");
    }

    @Test
    void whatCameBeforeIsGoneOnFrom() throws IOException {
        byte[] weights = server.files.get("model.safetensors");
        server.mood = (exchange, body, time) -> body.length == weights.length && HubServer.cut(exchange, body, 100_000);
        Hub hub = folder.hub(server);
        assertThatThrownBy(() -> hub.folder(HubFolder.TOY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("file model.safetensors of model 'org/toy' was cut")
                .hasMessageContaining("what has come is kept");
        assertThat(hub.list()).isEmpty();
        folder.assertNothingBroken();
        server.mood = HubServer.GOOD;
        server.asked.clear();
        folder.assertWhole(hub.folder(HubFolder.TOY), server);
        assertThat(server.asked).anyMatch(line -> line.endsWith("bytes=100000-"));
        assertThat(server.asked("config.json")).isZero();
    }

    @Test
    void aDamagedBlobIsNamedAndMended() throws IOException {
        Path got = folder.hub(server).folder(HubFolder.TOY);
        Path blob = got.resolve("model.safetensors").toRealPath();
        Files.write(blob, HubFolder.reversed(Files.readAllBytes(blob)));
        assertThat(Hub.problems(got)).hasSize(1).first().asString().contains("model.safetensors", blob.toString());
        folder.hub(server).fetch(HubFolder.TOY);
        folder.assertWhole(got, server);
    }

    @Test
    void aFileFromElsewhereInASnapshotIsNamed() throws IOException {
        Path got = folder.hub(server).folder(HubFolder.TOY);
        Files.createSymbolicLink(got.resolve("extra.json"), Path.of("/etc/hostname"));
        Files.createSymbolicLink(got.resolve("gone.json"), Path.of("../../blobs/none"));
        assertThat(Hub.problems(got))
                .hasSize(2)
                .anyMatch(line -> line.contains("extra.json is not a link to a checksum's name"))
                .anyMatch(line -> line.contains("gone.json leads to no file"));
    }

    @Test
    void twoAtOnceFetchOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Path>> all = threads.invokeAll(
                java.util.Collections.nCopies(4, () -> folder.hub(server).folder(HubFolder.TOY)));
        for (Future<Path> one : all) {
            folder.assertWhole(one.get(), server);
        }
        threads.shutdown();
        assertThat(server.asked("model.safetensors")).isEqualTo(1);
    }

    /** Another process that wants the model too. */
    public static void main(String[] args) {
        Map<String, String> env = Map.of("HF_ENDPOINT", args[0]);
        System.out.println(new Hub(env, Path.of(args[1]), HubFolder.HASTY, System.out::println).folder(HubFolder.TOY));
    }

    @Test
    void twoProcessesFetchOnce() throws Exception {
        server.mood = (exchange, body, time) -> {
            HubRetries.sleep(time == 1 && exchange.getRequestURI().getPath().contains("model.safetensors") ? 700 : 0);
            return false;
        };
        List<String> words = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HubTest.class.getName(),
                server.url(),
                home.toString());
        Process first = new ProcessBuilder(words).redirectErrorStream(true).start();
        Process second = new ProcessBuilder(words).redirectErrorStream(true).start();
        String both = text(first) + text(second);
        assertThat(List.of(first.waitFor(), second.waitFor())).as(both).containsOnly(0);
        folder.assertWhole(folder.snapshot(), server);
        assertThat(server.asked("model.safetensors")).isEqualTo(1);
        assertThat(both).containsOnlyOnce("fetching org/toy");
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void offlineFetchesNothing() {
        assertThatThrownBy(() -> folder.hub(server, "HF_HUB_OFFLINE", "yes").folder(HubFolder.TOY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("HF_HUB_OFFLINE forbids it");
        assertThat(server.asked).isEmpty();
    }

    @Test
    void variablesSayWhereTheCacheIs() {
        assertThat(Hub.of(Map.of("HF_HOME", "/a"), home, line -> {}).cache()).hasToString("/a/hub");
        assertThat(Hub.of(Map.of("HF_HOME", "/a", "HF_HUB_CACHE", "/b"), home, line -> {})
                        .cache())
                .hasToString("/b");
        assertThat(Hub.of(Map.of("XDG_CACHE_HOME", "/c"), home, line -> {}).cache())
                .hasToString("/c/huggingface/hub");
        assertThat(Hub.of(Map.of(), home, line -> {}).cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/..", "a/b..c", "a/b--c", "a/b@../x", "a/b@", "a/b@/x", "a/b@x//y", "a/b@x y", "a/b@x\n"})
    void aNamePartThatCouldLeadElsewhereIsRefused(String name) {
        assertThatThrownBy(() -> ModelId.of(name).map(ModelId::folder).orElseThrow(() -> new BadInput("model name")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("model name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "/a/b", "./a", "../a/b", "a/b/c", "a\\b/c", "a/ b", "a/b\0", "~/a"})
    void whatIsNoNameOnTheHubIsLeftToOthers(String name) {
        assertThat(ModelId.of(name)).isEmpty();
    }
}
