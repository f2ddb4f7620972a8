package org.selgen.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.Golden;
import org.selgen.data.BadInput;

class SafetensorsFolderTest {
    private static final String INDEX = "model.safetensors.index.json";

    @TempDir
    Path folder;

    @Test
    void shardsAreReadAsOneModel() {
        SafetensorsFolder sharded = SafetensorsFolder.open(Golden.path("models/qwen3_tied"));
        SafetensorsFolder single = SafetensorsFolder.open(Golden.path("models/qwen3"));
        assertThat(sharded.entries()).hasSize(single.entries().size() - 1).containsKey("model.norm.weight");
    }

    @Test
    void aSingleFileWinsOverAnIndex() throws IOException {
        shard("model.safetensors", "w");
        index("{\"w\":\"missing.safetensors\"}");
        assertThat(SafetensorsFolder.open(folder).entries()).containsOnlyKeys("w");
    }

    @Test
    void aShardOutsideTheFolderIsRefused() throws IOException {
        for (String name :
                List.of("../a.safetensors", "/a.safetensors", "sub/a.safetensors", "..\\\\a.safetensors", "..")) {
            index("{\"w\":\"" + name + "\"}");
            refused().hasMessageContaining("must be a plain name");
        }
    }

    @Test
    void aLinkOutOfTheFolderIsRefused(@TempDir Path elsewhere) throws IOException {
        Path secret = elsewhere.resolve("secret.safetensors");
        SafetensorsFile.write(secret, Map.of(), List.of());
        Files.createSymbolicLink(folder.resolve("model.safetensors"), secret);
        refused().hasMessageContaining("file inside the folder");
    }

    @Test
    void theHubCachesOwnLinksAreFollowed() throws IOException {
        Path snapshot = Files.createDirectories(folder.resolve("snapshots/abc"));
        Path blobs = Files.createDirectories(folder.resolve("blobs"));
        SafetensorsFile.write(blobs.resolve("1234"), Map.of(), List.of(item("w")));
        Files.createSymbolicLink(snapshot.resolve("model.safetensors"), Path.of("../../blobs/1234"));
        assertThat(SafetensorsFolder.open(snapshot).entries()).containsOnlyKeys("w");
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        index("{\"w\":\"a.safetensors\"}");
        refused().hasMessageContaining("a.safetensors is missing");
    }

    @Test
    void anIndexedWeightMustBeInItsShard() throws IOException {
        shard("a.safetensors", "w");
        shard("b.safetensors", "v");
        index("{\"w\":\"a.safetensors\",\"v\":\"b.safetensors\",\"u\":\"b.safetensors\"}");
        refused().hasMessageContaining("'u' is in b.safetensors but it is not there");
        index("{\"w\":\"b.safetensors\",\"v\":\"a.safetensors\"}");
        refused().hasMessageContaining("but it is in " + folder.resolve("b.safetensors"));
    }

    @Test
    void twoShardsMustNotHoldOneWeight() throws IOException {
        shard("a.safetensors", "w");
        shard("b.safetensors", "w", "v");
        index("{\"w\":\"a.safetensors\",\"v\":\"b.safetensors\"}");
        refused().hasMessageContaining("'w' stands in both");
    }

    @Test
    void anIndexWithoutWeightsIsRefused() throws IOException {
        index("{}");
        refused().hasMessageContaining("has no weight_map");
        index("{\"w\":3}");
        refused().hasMessageContaining("weight_map.w is NUMBER");
        index("{\"w\":\"a\",\"w\":\"b\"}");
        refused().hasMessageContaining("the field 'w' stands twice");
    }

    @Test
    void aPickleFolderIsRefusedWithTheReason() throws IOException {
        Files.createFile(folder.resolve("pytorch_model.bin"));
        refused()
                .hasMessageContaining("holds pytorch_model.bin but has no model.safetensors")
                .hasMessageContaining("only safetensors are read");
    }

    @Test
    void aMissingFolderIsNamed() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> SafetensorsFolder.open(none))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("model folder " + none + " does not exist");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused() {
        return assertThatThrownBy(() -> SafetensorsFolder.open(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("download");
    }

    private void index(String weights) throws IOException {
        Files.writeString(folder.resolve(INDEX), "{\"metadata\":{},\"weight_map\":" + weights + "}");
    }

    private void shard(String file, String... names) {
        SafetensorsFile.write(
                folder.resolve(file),
                Map.of(),
                List.of(names).stream().map(SafetensorsFolderTest::item).toList());
    }

    private static SafetensorsItem item(String name) {
        return new SafetensorsItem(name, "U8", new long[] {2}, ByteBuffer.allocate(2));
    }
}
