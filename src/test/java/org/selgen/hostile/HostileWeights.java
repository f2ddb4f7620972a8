package org.selgen.hostile;

import static org.selgen.hostile.Hostile.WEIGHTS;
import static org.selgen.hostile.Hostile.framed;
import static org.selgen.hostile.Hostile.one;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files that say they are weights. */
final class HostileWeights {
    private HostileWeights() {}

    static List<Hostile> all() {
        List<Hostile> all = new ArrayList<>();
        lengths(all);
        disguises(all);
        headers(all);
        shapes(all);
        texts(all);
        deep(all);
        return all;
    }

    private static void add(List<Hostile> all, String what, byte[] bytes) {
        all.add(Hostile.bytes(what, WEIGHTS, bytes));
    }

    private static void lengths(List<Hostile> all) {
        for (long length : new long[] {
            0,
            1,
            3,
            100_000_001,
            Integer.MAX_VALUE,
            1L << 31,
            (1L << 32) - 1,
            1L << 32,
            (1L << 32) + 2,
            1L << 53,
            1L << 62,
            Long.MAX_VALUE,
            -1,
            Long.MIN_VALUE,
            Long.MIN_VALUE + 2
        }) {
            add(all, "header of " + length + " bytes", framed(length, "{}".getBytes(StandardCharsets.UTF_8), 0));
        }
        for (int cut = 0; cut < Hostile.good().length; cut += 7) {
            add(all, "cut at byte " + cut, Arrays.copyOf(Hostile.good(), cut));
        }
        add(all, "bytes behind the end", Arrays.copyOf(Hostile.good(), Hostile.good().length + 1));
    }

    private static void disguises(List<Hostile> all) {
        for (String magic : List.of(
                "PK\3\4\24\0\0\0archive/data.pkl",
                "PK\5\6",
                "\u0080\2}q\0(X\5\0\0\0model",
                "\u0080\3cos\nsystem\n",
                "\u0080\4\u0095\n",
                "\u0080\5\u0095\n",
                "cos\nsystem\n(S'id'\ntR.",
                "\u001f\u008b\b\0",
                "\u007fELF\2\1\1",
                "%PDF-1.7",
                "\u0089HDF\r\n\u001a\n",
                "GGUF\3\0\0\0",
                "\u0093NUMPY\1\0",
                "\u0089PNG\r\n\u001a\n",
                "BZh91AY",
                "\u00fd7zXZ\0",
                "7z\u00bc\u00af'\u001c",
                "\u00ca\u00fe\u00ba\u00be\0\0\0A",
                "#!/bin/sh\nid\n",
                "<!DOCTYPE html><html>",
                "version https://git-lfs.github.com/spec/v1\noid sha256:0")) {
            byte[] start = magic.getBytes(StandardCharsets.ISO_8859_1);
            add(all, "disguise " + magic, Arrays.copyOf(start, Math.max(64, start.length)));
        }
    }

    private static void headers(List<Hostile> all) {
        String good = "{'dtype':'U8','shape':[4],'data_offsets':[0,4]}";
        for (String header : List.of(
                "",
                "[]",
                "{",
                "}",
                "null",
                "true",
                "7",
                "''",
                "{} {}",
                "{}x",
                "{'a'}",
                "{a:1}",
                "{'a':}",
                "{'a':1,}",
                "{'a':null}",
                "{'a':[]}",
                "{'a':'x'}",
                "{'a':{}}",
                "{'':" + good + "}",
                "{'a':" + good + ",'a':" + good + "}",
                "{'a':{'dtype':'U8','dtype':'U8','shape':[4],'data_offsets':[0,4]}}",
                "{'__metadata__':{'x':'1','x':'2'},'a':" + good + "}",
                "{'__metadata__':7,'a':" + good + "}",
                "{'__metadata__':{'x':[]},'a':" + good + "}",
                "{'__metadata__':{'x':null},'a':" + good + "}",
                "{'__metadata__':{},'__metadata__':{},'a':" + good + "}",
                "{'a':" + good + ",'b':" + good + "}",
                "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4],'evil':1}}",
                "{'a':{'dtype':'U8','shape':[4]}}",
                "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[3],'data_offsets':[1,4]}}",
                "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'b':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}}",
                "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'b':{'dtype':'U8','shape':[0],'data_offsets':[2,2]}}",
                "/* c */{'a':" + good + "}",
                "{'a':" + good + "}//",
                "{'a':NaN}",
                "{'a':Infinity}",
                "{'a':01}",
                "{'a':+1}",
                "{'a':0x10}",
                "{'a':" + "9".repeat(2000) + "}",
                "{'a':'\\ud83d'}",
                "{'a':'\\x'}",
                "{'a':'\u0001'}")) {
            add(all, "header " + header, framed(header, 4));
        }
    }

    private static void shapes(List<Hostile> all) {
        for (String shape : List.of(
                "[4294967296,4294967296]",
                "[9223372036854775807]",
                "[9223372036854775808]",
                "[4611686018427387904,2]",
                "[" + "65536,".repeat(63) + "65536]",
                "[-1]",
                "[1,-4]",
                "[1.0]",
                "[1e0]",
                "[1e400]",
                "[\"1\"]",
                "[null]",
                "[[1]]",
                "[{}]",
                "[true]",
                "{}",
                "1",
                "null",
                "\"[1]\"",
                "[2]",
                "[0]",
                "[3]",
                "[0,9223372036854775807]")) {
            add(all, "shape " + shape, framed(one("a", "\"F32\"", shape, "[0,4]"), 4));
        }
        for (String offsets : List.of(
                "[4,0]",
                "[0,5]",
                "[1,5]",
                "[0,9223372036854775807]",
                "[-4,0]",
                "[0]",
                "[]",
                "[0,4,8]",
                "[0,4.0]",
                "[\"0\",4]",
                "[9223372036854775807,9223372036854775807]",
                "[18446744073709551612,0]",
                "null",
                "{}",
                "4")) {
            add(all, "offsets " + offsets, framed(one("a", "\"F32\"", "[1]", offsets), 4));
        }
        for (String dtype : List.of(
                "\"F64\"",
                "\"F16\"",
                "\"f32\"",
                "\"F8_E5M2\"",
                "\"C64\"",
                "\"\"",
                "null",
                "32",
                "[\"F32\"]",
                "\"F32\\u0000\"",
                "\"" + "F".repeat(100_000) + "\"")) {
            add(
                    all,
                    "dtype " + dtype.substring(0, Math.min(20, dtype.length())),
                    framed(one("a", dtype, "[1]", "[0,4]"), 4));
        }
    }

    private static void texts(List<Hostile> all) {
        for (int[] bad :
                new int[][] {{0xff}, {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xf4, 0x90, 0x80, 0x80}, {0xe2, 0x82}}) {
            byte[] header = "{\"abcd\":{}}".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bad.length; i++) {
                header[2 + i] = (byte) bad[i];
            }
            add(all, "not UTF-8 " + Integer.toHexString(bad[0]), framed(header, 0));
        }
        add(all, "UTF-16", framed("{\"a\":{}}".getBytes(StandardCharsets.UTF_16LE), 0));
        add(all, "byte order mark", framed("\ufeff{}".getBytes(StandardCharsets.UTF_8), 0));
        String name = "a\nb\u001b[2J\u202e" + "x".repeat(200_000);
        String escaped = name.replace("\n", "\\n").replace("\u001b", "\\u001b");
        add(all, "a name that moves the cursor", framed(one(escaped, "\"F32\"", "[2]", "[0,4]"), 4));
    }

    private static void deep(List<Hostile> all) {
        for (int depth : new int[] {33, 1000, 100_000, 2_000_000}) {
            add(all, "lists " + depth + " deep", framed("{'a':" + "[".repeat(depth) + "]".repeat(depth) + "}", 0));
            add(all, "objects " + depth + " deep", framed("{'a':".repeat(depth) + "1" + "}".repeat(depth), 0));
        }
        add(all, "millions of values", framed("{'a':[" + "0,".repeat(4_000_000) + "0]}", 0));
        add(all, "millions of objects", framed("{'a':[" + "{},".repeat(2_000_000) + "{}]}", 0));
    }
}
