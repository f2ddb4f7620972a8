package org.selgen.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.selgen.data.BadInput;
import org.selgen.experiment.conf.Binder;
import org.selgen.experiment.conf.Yaml;
import org.selgen.file.Fingerprint;
import org.selgen.hub.ModelLocator;
import org.selgen.judge.Judges;
import org.selgen.judge.LlmJudge;
import org.selgen.judge.Rubric;

/**
 * The judges by name: the rules, and the models of {@code judges.yaml}.
 *
 * @param conf where the judges' file, {@code rubrics} and {@code published} are
 * @param models finds the models that judge in this process
 * @param named what {@code judges.yaml} says
 */
public record ConfiguredJudges(ConfFolders conf, ModelLocator models, Map<String, JudgeConfig> named) {
    private static final String FILE = "judges.yaml";

    static ConfiguredJudges read(ConfFolders conf, ModelLocator models) throws IOException {
        return new ConfiguredJudges(conf, models, conf.named(FILE, JudgeConfig.class));
    }

    /** Those of a file; their rubrics lie beside it, or in the project's {@code conf}. */
    public static ConfiguredJudges of(Path file, ModelLocator models) throws IOException {
        return new ConfiguredJudges(ConfFolders.beside(file), models, Yaml.readMap(file, JudgeConfig.class));
    }

    /**
     * Refuses names that are neither a rule's nor a model's.
     *
     * @param where they were given
     */
    void known(String where, List<String> names) {
        for (String name : names) {
            if (Judges.isRule(name)) {
                Judges.named(name); // its version too
            } else {
                config(where, name);
            }
        }
    }

    /**
     * The model of that name.
     *
     * @throws BadInput if there is none, naming the nearest judge
     */
    public JudgeConfig config(String name) {
        return config(FILE, name);
    }

    private JudgeConfig config(String where, String name) {
        JudgeConfig config = named.get(name);
        if (config == null) {
            List<String> known = new ArrayList<>(Judges.names());
            known.addAll(named.keySet());
            throw Binder.unknown(where, "judge", name, known);
        }
        return config;
    }

    /** What the judgements table calls the judge; needs no key and no call. */
    public String rubric(String name) throws IOException {
        if (Judges.isRule(name)) {
            return Judges.named(name).rubric();
        }
        JudgeConfig config = config(name);
        String model =
                config instanceof JudgeConfig.Llm llm ? llm.endpoint().model() : localName((JudgeConfig.Local) config);
        return rubricOf(config).id() + "/" + model;
    }

    /** The model of that name for counting its calls: it needs no key and no call. */
    public LlmJudge counting(String name) throws IOException {
        String rubric = rubric(name);
        return LlmJudge.uncalled(rubricOf(config(name)), rubric.substring(rubric.indexOf('/') + 1));
    }

    /** The rubric by which a model judges. */
    public Rubric rubricOf(JudgeConfig config) throws IOException {
        Path file = conf.find("rubrics/" + config.rubric() + ".yaml");
        Rubric rubric = Yaml.read(file, Rubric.class, List.of());
        if (!rubric.name().equals(config.rubric())) {
            throw new BadInput(file + ": name is '" + rubric.name() + "' but must be that of the file; change it");
        }
        return rubric;
    }

    /** What the judgements table calls a model that judges in this process. */
    public String localName(JudgeConfig.Local local) throws IOException {
        Path folder = folder(local);
        return ModelLocator.title(folder) + "-" + Fingerprint.ofFolder(folder).substring(0, 8);
    }

    /** Whether its model is on this machine, so that nothing has to be fetched. */
    public boolean isHere(JudgeConfig.Local local) {
        return models.here(local.model()).isPresent();
    }

    /** Its folder. */
    public Path folder(JudgeConfig.Local local) {
        return models.find(local.model());
    }
}
