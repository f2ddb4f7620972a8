package org.selgen.experiment;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.selgen.chat.ChatFiles;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.file.Fingerprint;
import org.selgen.hub.ModelLocator;
import org.selgen.lake.Lake;
import org.selgen.lake.Storage;
import org.selgen.lm.AdapterFiles;
import org.selgen.lm.LanguageModel;
import org.selgen.method.External;

/** Where the adapters and models lie that other tools have made and an experiment asks. */
public record ExternalFolders(Experiment experiment, Catalog catalog) {
    /** An adapter's files. */
    private static final List<String> FILES = List.of(AdapterFiles.CONFIG, AdapterFiles.TENSORS);

    /** The folder of one, sought as other files of the experiment are; of a model, as base models are. */
    Path folder(External external) {
        return external.adapter().isEmpty() ? model(external) : adapter(external);
    }

    private Path adapter(External external) {
        List<Path> places = Stream.concat(catalog.judges().conf().folders().stream(), Stream.of(Path.of("")))
                .map(folder ->
                        folder.resolve(external.adapter()).toAbsolutePath().normalize())
                .distinct()
                .toList();
        Path folder = places.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> refused(
                        external,
                        "there is no folder "
                                + places.stream().map(Path::toString).collect(Collectors.joining(" nor "))
                                + "; correct external.adapter"));
        for (String file : FILES) {
            if (!Files.isRegularFile(folder.resolve(file))) {
                throw refused(
                        external,
                        folder + " has no " + file + "; give a folder that PEFT has written, or, of a whole"
                                + " model, external.model");
            }
        }
        return folder;
    }

    private Path model(External external) {
        try {
            return catalog.models()
                    .here(external.model())
                    .orElseThrow(() -> new BadInput("the model '" + external.model()
                            + "' is not on this machine; fetch it by 'selgen model fetch " + external.model() + "'"));
        } catch (BadInput e) {
            throw refused(external, e.getMessage(), e);
        }
    }

    /** The content hash of each. */
    Map<External, String> hashes() throws IOException {
        Map<External, String> hashes = new LinkedHashMap<>();
        for (External external : experiment.external()) {
            Path folder = folder(external);
            hashes.put(
                    external,
                    external.adapter().isEmpty()
                            ? Fingerprint.ofFolder(folder)
                            : Fingerprint.ofFiles(
                                    FILES.stream().map(folder::resolve).toList()));
        }
        return hashes;
    }

    /**
     * Checks that each can be asked; reads no weights.
     *
     * @param base folder of the experiment's base model
     * @throws BadInput if a folder is missing or damaged, or an adapter is not one of this base model
     */
    void check(Path base) {
        for (External external : experiment.external()) {
            Path folder = folder(external);
            try {
                if (external.adapter().isEmpty()) {
                    LanguageModel.check(folder, experiment.chat());
                } else {
                    checkBase(external, AdapterFiles.read(folder, base), base);
                }
            } catch (BadInput e) {
                throw refused(external, e.getMessage(), e);
            }
        }
    }

    /** Two models of one shape are told apart by what the adapter calls its base alone. */
    private void checkBase(External external, AdapterFiles adapter, Path base) {
        String named = adapter.config().base();
        boolean same = named.isEmpty()
                || named.equals(external.base())
                || Stream.of(experiment.model(), ModelLocator.title(base))
                        .anyMatch(name -> last(name).equalsIgnoreCase(last(named)));
        if (!same) {
            throw new BadInput("the adapter was made for the base model '" + named + "' but the experiment's is '"
                    + experiment.model() + "'; choose an adapter of that model, or, if both names mean one model, add"
                    + " base: '" + named + "'");
        }
    }

    /**
     * Puts an adapter where those of trained runs are; a model stays where it is.
     *
     * @return the run, with the adapter that it then has
     */
    public Run placed(RunSpec.Given given, Lake lake) throws IOException {
        if (given.external().adapter().isEmpty()) {
            return given.run();
        }
        Storage place = lake.adapters().at(given.run().id());
        Path staging = place.staging();
        Files.createDirectories(staging);
        for (String file : FILES) {
            Files.copy(folder(given.external()).resolve(file), staging.resolve(file), REPLACE_EXISTING);
        }
        ChatFiles.write(staging, experiment.chat());
        place.put(staging);
        return given.run().withAdapter(Lake.adapterPath(given.run().id()));
    }

    /** Where executors find the models that are asked in the place of the base model, by id of their runs. */
    public Map<String, String> shared(RunMatrix matrix, Lake lake) throws IOException {
        Map<String, String> shared = new LinkedHashMap<>();
        for (RunSpec spec : matrix.runs()) {
            if (spec instanceof RunSpec.Given given
                    && given.external().adapter().isEmpty()) {
                shared.put(
                        given.run().id(), lake.shared(folder(given.external())).uri());
            }
        }
        return shared;
    }

    private static String last(String name) {
        return name.replaceAll("@[^/]*$|/+$", "").replaceAll("^.*/", "");
    }

    private static BadInput refused(External external, String why) {
        return new BadInput("methods: external '" + external.name() + "': " + why);
    }

    private static BadInput refused(External external, String why, BadInput cause) {
        return new BadInput(refused(external, why).getMessage(), cause);
    }
}
