package org.selgen.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.BadInput;

/** Every damage is refused with one line that names the file and what to do. */
class SafetensorsDamageTest {
    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("w.safetensors");
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        byte[] whole = twoTensors();
        for (int length = 0; length < whole.length; length++) {
            refused(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void anyChangedByteIsRefusedOrHarmless() throws IOException {
        byte[] whole = twoTensors();
        for (int at = 0; at < whole.length; at++) {
            for (int flip : new int[] {1, 2, 4, 8, 16, 32, 64, 128}) {
                byte[] bytes = whole.clone();
                bytes[at] ^= (byte) flip;
                Files.write(path, bytes);
                try {
                    assertThat(SafetensorsFile.open(path).entries()).hasSize(2);
                } catch (BadInput e) {
                    assertThat(e.getMessage()).contains(path.toString()).doesNotContain("\n");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}                     | 4 | tensor 'a' has shape [2] of F32, which is 8 bytes, but its offsets give 4
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}                     | 5 | 1 trailing bytes
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}                     | 8 | bytes before it belong to none
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}                     | 4 | begins at byte 4 and ends before it at 0
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}                     | 3 | holds only 3 bytes of data
            {'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[2],'data_offsets':[1,3]}} | 3 | tensor 'b' begins at byte 114 of the file but must begin at 115: it overlaps another tensor
            {'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'a':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}} | 2 | the field 'a' stands twice
            {'a':{'dtype':'F8_E4M3','shape':[1],'data_offsets':[0,1]}}                 | 1 | tensor 'a' has dtype "F8_E4M3" but only [I64, F64
            {'a':{'dtype':'U8','shape':[-1],'data_offsets':[0,1]}}                     | 1 | has -1 in its shape
            {'a':{'dtype':'U8','shape':[1.0],'data_offsets':[0,1]}}                    | 1 | has 1.0 in its shape
            {'a':{'dtype':'U8','shape':1,'data_offsets':[0,1]}}                        | 1 | has shape = 1 but it must be a list
            {'a':{'dtype':'U8','shape':[9223372036854775808],'data_offsets':[0,1]}}    | 1 | 2^63 - 1
            {'a':{'dtype':'U8','shape':[4294967296,4294967296],'data_offsets':[0,0]}}  | 0 | more than 2^63 bytes
            {'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1,2]}}                    | 1 | has 3 data_offsets but must have 2
            {'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1],'x':1}}                | 1 | has the fields [data_offsets, dtype, shape, x]
            {'a':{'shape':[1],'data_offsets':[0,1]}}                                   | 1 | must have exactly [data_offsets, dtype, shape]
            {'a':7}                                                                    | 0 | must have exactly
            {'':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}                       | 1 | empty name
            {'__metadata__':{'a':1}}                                                   | 0 | __metadata__.a = 1 but it must be a text
            {'__metadata__':[]}                                                        | 0 | not an object
            {'a':                                                                      | 0 | not strict JSON
            {} {}                                                                      | 0 | not strict JSON
            [1]                                                                        | 0 | does not begin with '{'
            """)
    void aHeaderThatBreaksARuleIsNamed(String header, int dataBytes, String complaint) throws IOException {
        refused(framed(header.replace('\'', '"'), dataBytes)).hasMessageContaining(complaint);
    }

    @Test
    void aHugeHeaderLengthIsRefused() throws IOException {
        refused(framed(-1, "{}", 0)).hasMessageContaining("18446744073709551615 bytes");
        refused(framed(100_000_001, "{}", 0)).hasMessageContaining("between 2 and 100000000");
        refused(framed(3, "{}", 0)).hasMessageContaining("says that its header has 3 bytes but only 2 follow");
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        refused(framed("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", 0))
                .hasMessageContaining("values nested 33 deep, where 32 is the most");
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() throws IOException {
        byte[] bytes = framed("{\"abc\":{}}", 0);
        bytes[10] = (byte) 0xff;
        refused(bytes).hasMessageContaining("not UTF-8");
    }

    @Test
    void aPickleInDisguiseIsRefused() throws IOException {
        refused("PK\003\004\0\0\0\0\0\0\0\0archive/data.pkl".getBytes(StandardCharsets.ISO_8859_1))
                .hasMessageContaining("zip archive");
        refused("\u0080\002}q\000(X\005\000\000\000model".getBytes(StandardCharsets.ISO_8859_1))
                .hasMessageContaining("not a safetensors file");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(BadInput.class)
                .hasMessage(path + " is missing; download it again");
    }

    @Test
    void aFolderIsNoFile() {
        assertThatThrownBy(() -> SafetensorsFile.open(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(folder + " cannot be read");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(byte[] bytes) throws IOException {
        Files.write(path, bytes);
        return assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(path.toString())
                .hasMessageEndingWith("download it again");
    }

    private byte[] twoTensors() throws IOException {
        SafetensorsItem a = new SafetensorsItem("a", "I16", new long[] {2}, ByteBuffer.allocate(4));
        SafetensorsItem b = new SafetensorsItem("b", "U8", new long[] {1, 3}, ByteBuffer.allocate(3));
        SafetensorsFile.write(path, Map.of("format", "pt"), List.of(a, b));
        return Files.readAllBytes(path);
    }

    private static byte[] framed(String header, int dataBytes) {
        return framed(header.getBytes(StandardCharsets.UTF_8).length, header, dataBytes);
    }

    private static byte[] framed(long length, String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(json)
                .array();
    }
}
