package org.selgen.hostile;

import static org.selgen.hostile.Hostile.INDEX;
import static org.selgen.hostile.Hostile.WEIGHTS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Indexes that name shards elsewhere, and links that lead there. Beside the folder lies a sound file to be tempted by. */
final class HostileFolders {
    private static final String SHARD = "model-00001-of-00002.safetensors";

    private HostileFolders() {}

    static List<Hostile> all() {
        List<Hostile> all = new ArrayList<>();
        for (String name : List.of(
                "../outside.safetensors",
                "../../outside.safetensors",
                "/etc/passwd",
                "/etc/passwd.safetensors",
                "..",
                ".",
                "",
                "x.bin",
                "pytorch_model.bin",
                "a/../../outside.safetensors",
                "./x.safetensors",
                "x.safetensors/",
                "..\\\\outside.safetensors",
                "C:\\\\x.safetensors",
                "x\\u0000.safetensors",
                "file:///x.safetensors",
                "http://host/x.safetensors",
                "~/x.safetensors",
                "missing.safetensors",
                "\\u2025/x.safetensors",
                "x".repeat(300) + ".safetensors",
                "../shelf/model.safetensors",
                "folder.safetensors",
                "link.safetensors")) {
            all.add(index("shard " + name, "{\"weight_map\":{\"a\":\"" + name + "\"}}"));
        }
        for (String map : List.of(
                "null",
                "[]",
                "3",
                "\"x\"",
                "{}",
                "{\"a\":null}",
                "{\"a\":1}",
                "{\"a\":{}}",
                "{\"a\":[\"" + SHARD + "\"]}",
                "{\"a\":true}",
                "{\"b\":\"" + SHARD + "\"}",
                "{\"a\":\"" + SHARD + "\",\"a\":\"" + SHARD + "\"}",
                "{\"a\":\"" + SHARD + "\",\"b\":\"twin.safetensors\"}",
                "{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}")) {
            all.add(index(
                    "weight_map " + map.substring(0, Math.min(40, map.length())), "{\"weight_map\":" + map + "}"));
        }
        for (String text :
                List.of("", "[]", "{", "null", "{}", "{\"weight_map\":{}}x", "\u0080\2}q", "{\"metadata\":{}}")) {
            all.add(index("index " + text, text));
        }
        links(all);
        return all;
    }

    private static Hostile index(String what, String text) {
        return new Hostile(what, INDEX, folder -> {
            Files.writeString(folder.resolve(INDEX), text);
            Files.write(folder.resolve(SHARD), Hostile.good());
            Files.write(folder.resolve("twin.safetensors"), Hostile.good());
            Files.createDirectories(folder.resolve("folder.safetensors"));
            Files.createSymbolicLink(folder.resolve("link.safetensors"), Path.of("../outside.safetensors"));
        });
    }

    private static void links(List<Hostile> all) {
        for (String to : List.of(
                "../outside.safetensors",
                "../shelf/model.safetensors",
                "/etc/passwd",
                "/dev/zero",
                "/dev/null",
                "/proc/self/environ",
                ".",
                "..",
                "nowhere",
                WEIGHTS,
                "../blobs/outside")) {
            all.add(link(WEIGHTS, to));
        }
        for (String file : List.of(
                "config.json",
                "tokenizer.json",
                "tokenizer_config.json",
                INDEX,
                "adapter_config.json",
                "adapter_model.safetensors")) {
            for (String to : List.of("../outside.json", "/etc/passwd", "/dev/zero")) {
                all.add(link(file, to));
            }
        }
    }

    private static Hostile link(String file, String to) {
        return new Hostile("a link to " + to, file, folder -> {
            Files.deleteIfExists(folder.resolve(file));
            Files.createSymbolicLink(folder.resolve(file), Path.of(to));
        });
    }
}
