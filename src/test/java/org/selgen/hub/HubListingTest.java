package org.selgen.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.BadInput;

/** A list of files that lies. */
class HubListingTest {
    @TempDir
    private Path home;

    private void refused(HubServer server, String says) throws IOException {
        HubFolder folder = new HubFolder(home);
        Hub hub = folder.hub(server);
        assertThatThrownBy(() -> hub.folder(HubFolder.TOY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("odel 'org/toy'")
                .hasMessageContaining(says);
        assertThat(server.asked).allMatch(line -> line.startsWith("/api/"));
        assertThat(hub.list()).isEmpty();
        folder.assertNothingBroken();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../config.json",
                "/etc/passwd",
                "a/../../x.json",
                "a//b.json",
                "./x.json",
                "",
                "a/",
                "..",
                "C:\\\\x.json",
                "..\\\\x.json",
                "x\\u0000.json",
                "x\\n.json",
                "c:x.json",
                "blobs/../../x"
            })
    void aNameThatLeadsElsewhereRefusesTheWholeModel(String name) throws IOException {
        try (HubServer server = new HubServer(HubFolder.toy())) {
            List<String> entries = new ArrayList<>();
            for (Map.Entry<String, byte[]> file : server.files.entrySet()) {
                entries.add(HubServer.entry(file.getKey(), file.getValue()));
            }
            entries.add(HubServer.entry(name + ".json", new byte[3]).replace(name + ".json", name));
            server.list(HubServer.listing(entries));
            refused(server, "which could lead out of the model's folder");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"sha\": \"0123|\"sha\": \"../../|names commit '../../",
                "\"sha\": \"0123|\"sha\": \"0123f|which is not 40 hexadecimal digits",
                "\"sha256\": \"|\"sha256\": \"../|no length and checksum",
                "\"size\": 300000|\"size\": -1|no length and checksum",
                "\"size\": 300000|\"size\": \"many\"|no length and checksum",
                "\"size\": 300000|\"size\": 99999999999999999999|no length and checksum",
                "\"size\": 300000|\"size\": 9000000000000000000|more in",
                "\"size\": 2,|\"size\": 100000001,|has a tokenizer.json of 100000001 bytes but at most",
                "\"rfilename\": \"README.md\"|\"rfilename\": \"config.json\"|names a file twice",
                "\"rfilename\": \"tokenizer.json\"|\"rfilename\": \"x.json\"|has no tokenizer.json",
                "\"rfilename\": \"config.json\"|\"rfilename\": \"x.json\"|has no config.json",
                "\"rfilename\": \"model.safetensors\"|\"rfilename\": \"m.safetensors\"|has pytorch_model.bin but no model.safetensors",
                "\"siblings\"|\"x\"|no model.safetensors",
                "\"siblings\"|\"siblings\": 3, \"x\"|no model.safetensors",
            })
    void aListThatCannotBeTrueIsRefused(String good, String bad, String says) throws IOException {
        try (HubServer server = new HubServer(HubFolder.toy())) {
            String listing = server.listing();
            assertThat(listing).contains(good);
            server.list(listing.replace(good, bad));
            refused(server, says);
        }
    }

    @Test
    void aListThatNestsWithoutEndIsRefused() throws IOException {
        try (HubServer server = new HubServer(HubFolder.toy())) {
            server.list("{\"a\":" + "[".repeat(100_000));
            refused(server, "is not JSON");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".bin", ".pt", ".pth", ".ckpt", ".pkl", ".msgpack", ".h5"})
    void aModelInPicklesAloneIsRefused(String ending) throws IOException {
        Map<String, byte[]> files = HubFolder.toy();
        files.remove("pytorch_model.bin");
        files.put("weights" + ending, files.remove("model.safetensors"));
        try (HubServer server = new HubServer(files)) {
            refused(server, "has weights" + ending + " but no model.safetensors");
        }
    }
}
