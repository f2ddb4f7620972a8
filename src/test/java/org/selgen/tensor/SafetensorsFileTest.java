package org.selgen.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.Golden;
import org.selgen.data.BadInput;

class SafetensorsFileTest {
    @TempDir
    Path folder;

    @Property(tries = 200)
    void whatIsWrittenIsRead(
            @ForAll("items") List<SafetensorsItem> items, @ForAll("texts") Map<String, String> metadata)
            throws IOException {
        Path path = Files.createTempFile("round", ".safetensors");
        try {
            SafetensorsFile.write(path, metadata, items);
            SafetensorsFile file = SafetensorsFile.open(path);
            assertThat(file.metadata()).isEqualTo(metadata);
            assertThat(file.entries().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            items.stream().map(SafetensorsItem::name).toList());
            for (SafetensorsItem item : items) {
                SafetensorsEntry entry = file.entries().get(item.name());
                assertThat(entry.dtype()).isEqualTo(item.dtype());
                assertThat(entry.shape()).isEqualTo(item.shape());
                assertThat(entry.read()).isEqualTo(item.bytes());
                assertThat(entry.begin() % SafetensorsDType.bytes(item.dtype())).isZero();
            }
        } finally {
            Files.delete(path);
        }
    }

    @Test
    void rewritingAReferenceFileGivesTheSameBytes() throws IOException {
        Path original = Golden.path("forward/gemma.safetensors");
        SafetensorsFile file = SafetensorsFile.open(original);
        Path copy = folder.resolve("copy.safetensors");
        SafetensorsFile.write(copy, file.metadata(), items(file));
        assertThat(copy).hasSameBinaryContentAs(original);
    }

    @Test
    void everyGoldenFileOpens() throws IOException {
        try (Stream<Path> files = Files.walk(Golden.path(""), FileVisitOption.FOLLOW_LINKS)) {
            List<Path> paths = files.filter(path -> path.toString().endsWith(".safetensors"))
                    .toList();
            assertThat(paths)
                    .isNotEmpty()
                    .allSatisfy(path ->
                            assertThat(SafetensorsFile.open(path).entries()).isNotEmpty());
        }
    }

    @Test
    void tensorsBeyondTwoGibibytesAreFound() throws IOException {
        long big = (1L << 31) + 8;
        String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + big + "],\"data_offsets\":[0," + big + "]},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[" + big + "," + (big + 1) + "]}}";
        Path path = folder.resolve("sparse.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.writeLong(Long.reverseBytes(header.length()));
            file.writeBytes(header);
            file.seek(8 + header.length() + big);
            file.write(42); // the hole before it takes no space on the disk
        }
        Map<String, SafetensorsEntry> entries = SafetensorsFile.open(path).entries();
        assertThat(entries.get("b").read().get()).isEqualTo((byte) 42);
        assertThatThrownBy(() -> entries.get("a").read())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("at most 2147483647 can be copied at once");
    }

    @Test
    void aWriterLeavesNothingBesideItsFile() throws IOException {
        SafetensorsFile.write(folder.resolve("a.safetensors"), Map.of(), List.of());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("a.safetensors"));
        }
    }

    @Test
    void aFolderThatDoesNotExistIsNamed() {
        Path path = folder.resolve("none/a.safetensors");
        assertThatThrownBy(() -> SafetensorsFile.write(path, Map.of(), List.of()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aNameCannotBeWrittenTwice() {
        SafetensorsItem item = new SafetensorsItem("w", "F32", new long[] {1}, ByteBuffer.allocate(4));
        assertThatThrownBy(() -> SafetensorsFile.write(folder.resolve("a.safetensors"), Map.of(), List.of(item, item)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'w'")
                .hasMessageContaining("twice");
    }

    @Test
    void bytesMustFitTheShape() {
        SafetensorsItem item = new SafetensorsItem("w", "F32", new long[] {3}, ByteBuffer.allocate(4));
        assertThatThrownBy(() -> SafetensorsFile.write(folder.resolve("a.safetensors"), Map.of(), List.of(item)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes 12 bytes but 4 were given");
    }

    @Provide
    Arbitrary<List<SafetensorsItem>> items() {
        Arbitrary<String> names = Arbitraries.strings().ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> dtypes = Arbitraries.of(SafetensorsDType.NAMES);
        Arbitrary<long[]> shapes =
                Arbitraries.longs().between(0, 4).array(long[].class).ofMaxSize(3);
        return Combinators.combine(names.filter(SafetensorsFileTest::encodable), dtypes, shapes)
                .as(SafetensorsFileTest::item)
                .list()
                .uniqueElements(SafetensorsItem::name)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<Map<String, String>> texts() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(8).filter(SafetensorsFileTest::encodable);
        return Arbitraries.maps(text, text).ofMaxSize(3).map(TreeMap::new);
    }

    private static boolean encodable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text) && !text.equals(SafetensorsHeader.METADATA);
    }

    private static SafetensorsItem item(String name, String dtype, long[] shape) {
        ByteBuffer bytes = ByteBuffer.allocate((int) SafetensorsDType.bytes(dtype, shape));
        while (bytes.hasRemaining()) {
            bytes.put((byte) (name.hashCode() + bytes.position()));
        }
        return new SafetensorsItem(name, dtype, shape, bytes.flip());
    }

    private static List<SafetensorsItem> items(SafetensorsFile file) {
        return file.entries().values().stream()
                .map(entry -> new SafetensorsItem(entry.name(), entry.dtype(), entry.shape(), entry.read()))
                .toList();
    }
}
