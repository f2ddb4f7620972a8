package org.selgen.lm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.selgen.chat.ChatSettings;
import org.selgen.chat.ChatTemplate;
import org.selgen.data.BadInput;
import org.selgen.file.JsonFile;
import org.selgen.lm.config.AdapterFolder;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsFolder;
import org.selgen.tensor.Scope;
import org.selgen.tokenizer.SpecialTokens;
import org.selgen.tokenizer.Tokenizer;

/** Checks whether a model folder can be used. */
public final class ModelFolderValidator {
    private ModelFolderValidator() {}

    /** Every problem of a folder, each once; empty if there is none. All weights are read. */
    public static List<String> problems(Path folder) throws IOException {
        Set<String> problems = new LinkedHashSet<>();
        tried(problems, () -> AdapterFolder.refuse(folder));
        if (!problems.isEmpty()) {
            return List.copyOf(problems); // no part of a model is there to be checked
        }
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            if (name.endsWith(".safetensors")) {
                tried(problems, () -> SafetensorsFile.open(file));
            } else if (name.endsWith(".json") && !name.equals(Tokenizer.FILE)) {
                tried(problems, () -> JsonFile.read(file));
            }
        }
        tried(problems, () -> SafetensorsFolder.open(folder));
        tried(problems, () -> DecoderConfigJson.read(folder));
        tried(problems, () -> {
            try (Tokenizer tokenizer = Tokenizer.open(folder)) {
                SpecialTokens.check(folder, tokenizer);
            }
        });
        if (problems.isEmpty()) {
            tried(problems, () -> LanguageModel.checkFiles(folder)); // whether the parts fit together
        }
        if (problems.isEmpty() && ChatTemplate.isIn(folder)) {
            tried(problems, () -> LanguageModel.check(folder, ChatSettings.DEFAULT));
        }
        weights(problems, folder);
        return List.copyOf(problems);
    }

    /** Names every weight that holds NaN or infinite numbers; none where the files cannot be read. */
    private static void weights(Set<String> problems, Path folder) {
        Set<String> unread = new LinkedHashSet<>();
        tried(
                unread,
                () -> WeightFiles.find(DecoderConfigJson.read(folder), SafetensorsFolder.open(folder))
                        .entries()
                        .values()
                        .forEach(entry -> tried(problems, () -> {
                            try (Scope one = Scope.open()) {
                                Weights.finite(entry);
                            }
                        })));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> !Files.isDirectory(file)).sorted().toList();
        }
    }

    private static void tried(Set<String> problems, Runnable check) {
        try {
            check.run();
        } catch (BadInput e) {
            problems.add(e.getMessage());
        }
    }
}
