package org.selgen.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tokenizers that the native library must not be given, or must refuse without falling over. */
final class HostileTokenizers {
    private static final String FILE = "tokenizer.json";

    private HostileTokenizers() {}

    static List<Hostile> all() {
        String sound;
        try {
            sound = Files.readString(Path.of("data-lake/models/tiny").resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Hostile> all = new ArrayList<>();
        odd().forEach((part, values) -> values.forEach(value -> all.add(Hostile.text(FILE, with(sound, part, value)))));
        return all;
    }

    /** Each part of the file with values it cannot have. */
    private static Map<String, List<String>> odd() {
        Map<String, List<String>> odd = new LinkedHashMap<>();
        odd.put(
                "model",
                List.of(
                        "null",
                        "[]",
                        "7",
                        "{}",
                        "{\"type\":\"Evil\"}",
                        "{\"type\":\"WordLevel\"}",
                        "{\"type\":\"WordLevel\",\"vocab\":{\"a\":-1},\"unk_token\":\"a\"}",
                        "{\"type\":\"WordLevel\",\"vocab\":{\"a\":1099511627776},\"unk_token\":\"a\"}",
                        "{\"type\":\"WordLevel\",\"vocab\":{\"a\":1.5},\"unk_token\":\"a\"}",
                        "{\"type\":\"WordLevel\",\"vocab\":[],\"unk_token\":7}",
                        "{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"x y\"]}",
                        "{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[3]}"));
        odd.put(
                "normalizer",
                List.of(
                        "7",
                        "{\"type\":\"Evil\"}",
                        "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(\"},\"content\":\"a\"}"));
        odd.put(
                "pre_tokenizer",
                List.of(
                        "7",
                        "{\"type\":\"Evil\"}",
                        "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[\"},\"behavior\":\"Isolated\",\"invert\":false}"));
        odd.put("post_processor", List.of("7", "{}", "{\"type\":\"Evil\"}"));
        odd.put("decoder", List.of("7", "{}", "{\"type\":\"Evil\"}"));
        odd.put("added_tokens", List.of("7", "[7]", "[{\"id\":-5,\"content\":\"x\"}]"));
        ends(odd);
        return odd;
    }

    /** What ends the whole process in the native library. */
    private static void ends(Map<String, List<String>> odd) {
        String bpe = "{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},\"merges\":[\"a b\"],";
        odd.merge("model", List.of(bpe + "\"continuing_subword_prefix\":\"##\"}"), HostileTokenizers::both);
        odd.merge(
                "normalizer",
                List.of(
                        "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"\"}",
                        "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"CAAAAAAAAAD/////YQA=\"}",
                        "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"AAAA\"}]}",
                        "{\"precompiled_charsmap\":\"AAAA\"}"),
                HostileTokenizers::both);
        odd.merge("pre_tokenizer", List.of("{\"type\":\"FixedLength\",\"length\":0}"), HostileTokenizers::both);
        String strip = "{\"type\":\"Strip\",\"content\":\"a\",\"start\":0,\"stop\":";
        odd.merge(
                "decoder",
                List.of(
                        strip + "5}",
                        strip + "1099511627776}",
                        "{\"type\":\"Sequence\",\"decoders\":[" + strip + "1}]}"),
                HostileTokenizers::both);
    }

    private static List<String> both(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The value first, and the file's own taken away. */
    private static String with(String sound, String part, String value) {
        return "{\"" + part + "\":" + value + ","
                + sound.strip().substring(1).replace("\"" + part + "\"", "\"x-" + part + "\"");
    }
}
