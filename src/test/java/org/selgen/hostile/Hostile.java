package org.selgen.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One damaged or hostile file.
 *
 * @param what it is, for the reader of a report
 * @param file that is damaged
 * @param maker lays the folder out
 */
record Hostile(String what, String file, Maker maker) {
    static final String WEIGHTS = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    interface Maker {
        void into(Path folder) throws IOException;
    }

    static Hostile bytes(String what, String file, byte[] bytes) {
        return new Hostile(what, file, folder -> Files.write(folder.resolve(file), bytes));
    }

    static Hostile text(String file, String text) {
        String what = text.length() <= 60 ? text : text.substring(0, 60) + "... of " + text.length();
        return bytes(what, file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A safetensors file of this header and so many bytes of data. */
    static byte[] framed(byte[] header, int data) {
        return framed(header.length, header, data);
    }

    static byte[] framed(long length, byte[] header, int data) {
        return ByteBuffer.allocate(8 + header.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header)
                .array();
    }

    static byte[] framed(String header, int data) {
        return framed(header.replace('\'', '"').getBytes(StandardCharsets.UTF_8), data);
    }

    /** A header of one tensor of four bytes. */
    static String one(String name, String dtype, String shape, String offsets) {
        return "{\"" + name + "\":{\"dtype\":" + dtype + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";
    }

    static byte[] good() {
        return framed(one("a", "\"F32\"", "[1]", "[0,4]"), 4);
    }

    @Override
    public String toString() {
        return file + ": " + what.replaceAll("\\p{Cntrl}", "?");
    }
}
