package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.hub.Hub;
import org.selgen.hub.HubServer;
import org.selgen.hub.ModelId;
import org.selgen.hub.ModelLocator;
import picocli.CommandLine;

class ModelJobTest {
    private static final Path TINY = Path.of("data-lake/models/tiny");

    @TempDir
    private Path home;

    private HubServer server;
    private Hub hub;

    @BeforeEach
    void serveTheShippedModel() throws IOException {
        server = HubServer.of(TINY);
        hub = Hub.of(Map.of("HF_ENDPOINT", server.url()), home, line -> {});
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private record Said(int code, String words) {}

    /** The verbs, working with the server's Hub. */
    private CommandLine.IFactory verbs() {
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return HubVerb.class.isAssignableFrom(type)
                        ? type.getDeclaredConstructor(Hub.class).newInstance(hub)
                        : CommandLine.defaultFactory().create(type);
            }
        };
    }

    private Said say(String... words) {
        StringWriter out = new StringWriter();
        int code = new CommandLine(ModelJob.class, verbs())
                .setOut(new PrintWriter(out))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    out.append(String.valueOf(failure.getMessage()));
                    return 2;
                })
                .execute(words);
        return new Said(code, out.toString());
    }

    @Test
    void aFetchedModelIsListedAndSound() {
        Said fetched = say("fetch", "org/tiny");
        assertThat(fetched.code()).as(fetched.words()).isZero();
        assertThat(fetched.words()).contains("models--org--tiny/snapshots/");
        assertThat(say("list").words()).contains("org/tiny", "2.0 MB", "whole", "1 in " + hub.cache());
        Said verified = say("verify", "org/tiny");
        assertThat(verified.code()).as(verified.words()).isZero();
        assertThat(verified.words()).contains("is sound");
    }

    /** So that it can be planned with before its weights are there. */
    @Test
    void whatDescribesAModelIsFetchedAlone() {
        ModelId tiny = ModelId.of("org/tiny").orElseThrow();
        assertThat(hub.described(tiny)).isEmpty();
        Said fetched = say("fetch", "org/tiny", "--no-weights");
        assertThat(fetched.code()).as(fetched.words()).isZero();
        assertThat(server.asked("model.safetensors")).isZero();
        assertThat(say("list").words()).contains("org/tiny", "incomplete");
        Path folder = hub.described(tiny).orElseThrow();
        assertThat(folder.resolve("config.json")).hasSameBinaryContentAs(TINY.resolve("config.json"));
        assertThat(hub.folder(tiny)).isEqualTo(folder);
        assertThat(server.asked("config.json")).isEqualTo(1);
        assertThat(server.asked("model.safetensors")).isEqualTo(1);
    }

    @Test
    void aFolderOfTheCacheIsKnownByNameAndCommitOnEveryMachine() {
        Path folder = hub.folder(ModelId.of("org/tiny").orElseThrow());
        assertThat(ModelLocator.pinned(folder)).contains(new ModelId("org", "tiny", HubServer.COMMIT));
        assertThat(ModelLocator.pinned(TINY)).isEmpty();
        assertThat(ModelLocator.pinned(home.resolve("snapshots").resolve("main")))
                .isEmpty();
    }

    @Test
    void theShippedModelIsSound() {
        assertThat(say("verify", "tiny").words()).contains("is sound");
    }

    @Test
    void everyProblemIsNamed() throws IOException {
        Path folder = Path.of(say("fetch", "org/tiny").words().strip());
        Files.writeString(folder.resolve("config.json").toRealPath(), "{\"model_type\": \"mamba\"}");
        Files.writeString(folder.resolve("tokenizer.json").toRealPath(), "{");
        Files.write(folder.resolve("model.safetensors").toRealPath(), new byte[7]);
        Files.delete(folder.resolve("generation_config.json").toRealPath());
        Said verified = say("verify", "org/tiny");
        assertThat(verified.code()).isEqualTo(2);
        assertThat(verified.words().lines())
                .anyMatch(line -> line.contains("config.json has not the checksum"))
                .anyMatch(line -> line.contains("tokenizer.json has not the checksum"))
                .anyMatch(line -> line.contains("generation_config.json leads to no file"))
                .anyMatch(line -> line.contains("model_type is 'mamba'"))
                .anyMatch(line -> line.contains("tokenizer.json is not strict JSON"))
                .anyMatch(line -> line.contains("a safetensors file has at least 8"))
                .last()
                .asString()
                .contains("problem(s)");
    }

    @Test
    void whatIsNotHereIsNotVerified() {
        assertThat(say("verify", "org/none").words()).contains("'selgen model fetch' brings one");
    }

    @Test
    void aNameWithoutAnOwnerIsNotFetched() {
        assertThat(say("fetch", "gpt2"))
                .isEqualTo(new Said(2, "model name 'gpt2' must be org/name or org/name@revision; correct it"));
    }

    @Test
    void anExperimentsModelIsAFolderFirstAndElseTheHubs() throws IOException {
        Path own = Files.createDirectories(home.resolve("org/tiny"));
        assertThat(ModelLocator.find(List.of(own), () -> hub, "org/tiny")).isEqualTo(own);
        Path fetched = ModelLocator.find(List.of(home.resolve("none")), () -> hub, "org/tiny");
        assertThat(fetched.toString()).contains("models--org--tiny");
        assertThat(ModelLocator.title(fetched)).isEqualTo("tiny");
        assertThat(ModelLocator.title(own)).isEqualTo("tiny");
    }

    @Test
    void aModelThatIsNowhereNamesAllPlaces() {
        server.close();
        Hub offline = Hub.of(Map.of("HF_HUB_OFFLINE", "1"), home, line -> {});
        assertThatThrownBy(() -> ModelLocator.find(List.of(home.resolve("none")), () -> offline, "org/tiny"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("model is 'org/tiny' but there is no folder " + home.resolve("none"))
                .hasMessageContaining("HF_HUB_OFFLINE");
    }
}
