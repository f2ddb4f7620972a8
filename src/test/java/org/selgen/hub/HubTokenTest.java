package org.selgen.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;

/** The token reaches the Hub and nothing else. */
class HubTokenTest {
    private static final String TOKEN = "hf_canary5f0e7a91";

    @TempDir
    private Path home;

    private HubFolder folder;
    private HubServer hub;
    private HubServer store;

    @BeforeEach
    void serve() throws IOException {
        folder = new HubFolder(home);
        hub = new HubServer(HubFolder.toy());
        store = new HubServer(HubFolder.toy());
        hub.mood = (exchange, body, time) -> body.length > 0
                && HubFaultsTest.moved(
                        exchange, 302, store.url() + exchange.getRequestURI().getPath() + "?Signature=x");
    }

    @AfterEach
    void stop() {
        hub.close();
        store.close();
    }

    @Test
    void aRedirectToAnotherHostDoesNotGetTheToken() throws IOException {
        Path got = folder.hub(hub, "HF_TOKEN", TOKEN).folder(HubFolder.TOY);
        folder.assertWhole(got, hub);
        assertThat(hub.asked).hasSize(4).allMatch(line -> line.contains("Bearer " + TOKEN));
        assertThat(store.asked).hasSize(3).allMatch(line -> line.endsWith(" null null"));
        assertThat(folder.told.toString()).doesNotContain(TOKEN);
    }

    @Test
    void anotherPortOrNameIsAnotherHost() throws IOException {
        hub.mood = (exchange, body, time) -> body.length > 0
                && time == 1
                && HubFaultsTest.moved(
                        exchange,
                        302,
                        hub.url().replace("127.0.0.1", "localhost")
                                + exchange.getRequestURI().getPath());
        folder.hub(hub, "HF_TOKEN", TOKEN).folder(HubFolder.TOY);
        assertThat(hub.asked).filteredOn(line -> line.contains(TOKEN)).hasSize(4);
        assertThat(hub.asked).filteredOn(line -> line.endsWith(" null null")).hasSize(3);
    }

    @Test
    void theFileHoldsTheTokenWhereNoVariableDoes() throws IOException {
        Path file = Files.createDirectories(home.resolve("there")).resolve("token");
        Files.writeString(file, TOKEN + "\n");
        folder.hub(hub, "HF_TOKEN_PATH", file.toString()).folder(HubFolder.TOY);
        assertThat(hub.asked).allMatch(line -> line.contains("Bearer " + TOKEN));
    }

    @Test
    void anExpiredAddressOfTheStoreIsAskedForAnew() throws IOException {
        store.mood = (exchange, body, time) -> time == 1 && HubServer.send(exchange, 403, new byte[0]);
        folder.assertWhole(folder.hub(hub).folder(HubFolder.TOY), hub);
    }

    @Test
    void aRefusalDoesNotShowTheToken() {
        hub.mood = (exchange, body, time) -> HubServer.send(exchange, 401, HubFolder.text(TOKEN));
        assertThatThrownBy(() -> folder.hub(hub, "HF_TOKEN", TOKEN).folder(HubFolder.TOY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("with the account of your token")
                .satisfies(e -> {
                    StringWriter trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain("canary");
                });
    }

    @Test
    void aTokenWithASpaceIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> folder.hub(hub, "HF_TOKEN", TOKEN + " x").folder(HubFolder.TOY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("HF_TOKEN must hold a Hugging Face token")
                .hasMessageNotContaining("canary");
    }

    @Test
    void aTokenDoesNotTravelReadable() {
        Hub far = new Hub(
                Map.of("HF_ENDPOINT", "http://example.org", "HF_TOKEN", TOKEN), home, HubFolder.HASTY, line -> {});
        assertThatThrownBy(() -> far.folder(HubFolder.TOY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("HF_ENDPOINT is http://example.org, where the token would travel readable")
                .hasMessageNotContaining("canary");
    }

    @Test
    void aTokenInTheEndpointIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> Hub.of(Map.of("HF_ENDPOINT", "https://me:" + TOKEN + "@host"), home, line -> {}))
                .isInstanceOf(BadInput.class)
                .hasMessageNotContaining("canary");
    }
}
