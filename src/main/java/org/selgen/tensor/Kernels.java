package org.selgen.tensor;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The kernel library: TorchScript text in {@code resources/kernels}, written as a module archive at the first use and
 * loaded through DJL. Autograd flows through a kernel as through any torch code.
 *
 * <p>A call costs a few microseconds; an operation inside a kernel costs about one. Safe to call from many threads.
 */
final class Kernels {
    private static final List<String> GROUPS = List.of("tensor", "decoder", "loss", "optimizer", "sampling", "file");
    private static final long MODULE = load();

    private Kernels() {}

    /** A native array that another library owns, as an argument; it is not freed here. */
    record Borrowed(long handle) {}

    /**
     * Runs a kernel that gives one tensor or a list of them.
     *
     * @param arguments numbers, lists of numbers, texts, tensors or arrays of tensors
     * @return the handles of the results, which the caller frees
     */
    static long[] run(String kernel, Object... arguments) {
        Threads.prepare();
        long[] values = new long[arguments.length];
        long result = 0;
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = value(arguments[i]);
            }
            result = Native.run(MODULE, kernel, values);
            return Native.tensors(result);
        } finally {
            for (long value : values) {
                if (value != 0) {
                    Native.deleteValue(value);
                }
            }
            if (result != 0) {
                Native.deleteValue(result);
            }
        }
    }

    private static long value(Object argument) {
        if (argument instanceof Scope.Owned array) {
            return Native.tensorValue(array.handle());
        }
        if (argument instanceof Scope.Owned[] arrays) {
            return Native.tensorsValue(
                    Arrays.stream(arrays).mapToLong(Scope.Owned::handle).toArray());
        }
        if (argument instanceof Borrowed borrowed) {
            return Native.tensorValue(borrowed.handle());
        }
        return Native.value(argument);
    }

    private static long load() {
        try {
            Native.load();
            return JniUtils.loadModuleHandle(new ByteArrayInputStream(archive()), Device.cpu(), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException("The kernel library cannot be loaded", e);
        }
    }

    /** A module archive as torch.jit.save writes it: data.pkl, code, constants.pkl, version. */
    private static byte[] archive() throws IOException {
        StringBuilder code =
                new StringBuilder("class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
        for (String group : GROUPS) {
            code.append(text(group).replace("self,", "self: __torch__.M,").indent(2));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            entry(zip, "m/data.pkl", pickle());
            entry(zip, "m/code/__torch__.py", code.toString().getBytes(StandardCharsets.UTF_8));
            entry(zip, "m/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            entry(zip, "m/version", "10\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Pickle of a module of class {@code __torch__.M} with the single attribute {@code training = True}. */
    private static byte[] pickle() {
        byte[] name = "training".getBytes(StandardCharsets.UTF_8);
        ByteBuffer pickle = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        pickle.put(new byte[] {(byte) 0x80, 2});
        pickle.put("c__torch__\nM\n".getBytes(StandardCharsets.UTF_8));
        pickle.put(new byte[] {')', (byte) 0x81, '}', '(', 'X'})
                .putInt(name.length)
                .put(name);
        pickle.put(new byte[] {(byte) 0x88, 'u', 'b', '.'});
        byte[] bytes = new byte[pickle.position()];
        pickle.flip().get(bytes);
        return bytes;
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static String text(String group) throws IOException {
        String path = "/kernels/" + group + ".py";
        try (InputStream in = Kernels.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("The resource " + path + " is missing from the application jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
