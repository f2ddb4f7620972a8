package org.selgen.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.selgen.data.BadInput;
import org.selgen.experiment.conf.Binder;
import org.selgen.experiment.conf.Yaml;
import org.selgen.file.Fingerprint;
import org.selgen.hub.ModelLocator;
import org.selgen.judge.Completion;
import org.selgen.judge.Judge;
import org.selgen.judge.JudgeModel;
import org.selgen.judge.Judges;
import org.selgen.judge.LlmJudge;
import org.selgen.judge.Rubric;
import org.selgen.judge.endpoint.HttpChatModel;
import org.selgen.spark.LocalChatJudge;
import org.selgen.stage.ClusterJudge;

/**
 * The judges by name: the rules, and the models of {@code judges.yaml}.
 *
 * @param conf folder of {@code judges.yaml} and {@code rubrics}
 * @param models the lake's models
 * @param named what {@code judges.yaml} says
 */
public record ConfiguredJudges(Path conf, Path models, Map<String, JudgeConfig> named) {
    public static ConfiguredJudges read(Path conf, Path models) throws IOException {
        Path file = conf.resolve("judges.yaml");
        return new ConfiguredJudges(
                conf, models, Files.exists(file) ? Yaml.readMap(file, JudgeConfig.class) : Map.of());
    }

    boolean model(String name) {
        return named.containsKey(name);
    }

    /** Refuses a name that is neither a rule's nor a model's. */
    void known(String name) {
        if (Judges.isRule(name)) {
            Judges.named(name); // its version too
        } else {
            grader(name);
        }
    }

    /**
     * The model of that name.
     *
     * @throws BadInput if there is none, naming the nearest judge
     */
    public JudgeConfig grader(String name) {
        JudgeConfig grader = named.get(name);
        if (grader == null) {
            List<String> known = new ArrayList<>(Judges.names());
            known.addAll(named.keySet());
            throw Binder.unknown("judges.yaml", "judge", name, known);
        }
        return grader;
    }

    /** What the judgements table calls the judge; needs no key and calls nobody. */
    public String rubric(String name) throws IOException {
        if (Judges.isRule(name)) {
            return Judges.named(name).rubric();
        }
        JudgeConfig grader = grader(name);
        String model =
                grader instanceof JudgeConfig.Llm llm ? llm.endpoint().model() : localName((JudgeConfig.Local) grader);
        return rubricOf(grader).id() + "/" + model;
    }

    /** A judge and what must be closed after it. */
    public record Opened(Judge judge, JudgeModel model, AutoCloseable closing) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                closing.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    /** The model of that name for counting what it would be asked: it needs no key and calls nobody. */
    public LlmJudge counting(String name) throws IOException {
        String rubric = rubric(name);
        return new LlmJudge(rubricOf(grader(name)), new Uncalled(rubric.substring(rubric.indexOf('/') + 1)));
    }

    private record Uncalled(String name) implements JudgeModel {
        @Override
        public int atOnce() {
            return 1;
        }

        @Override
        public Completion complete(String prompt, Rubric.Mode mode) {
            throw new IllegalStateException("a plan calls nobody");
        }
    }

    /** The model of that name, ready to judge in this process. */
    public Opened open(String name) throws IOException {
        if (grader(name) instanceof JudgeConfig.Local local) {
            LocalChatJudge model = LocalChatJudge.open(folder(local), localName(local));
            return new Opened(new LlmJudge(rubricOf(local), model), model, model);
        }
        return served(name);
    }

    /** The model of that name, ready to judge; one of ours works on the executors. */
    public Opened open(String name, ExperimentContext bench) throws IOException {
        if (grader(name) instanceof JudgeConfig.Local local) {
            ClusterJudge model = new ClusterJudge(
                    bench.spark(), bench.lake().shared(folder(local)).uri(), localName(local));
            return new Opened(new LlmJudge(rubricOf(local), model), model, () -> {});
        }
        return served(name);
    }

    private Opened served(String name) throws IOException {
        JudgeConfig.Llm llm = (JudgeConfig.Llm) grader(name);
        HttpChatModel model = new HttpChatModel(llm.endpoint());
        return new Opened(new LlmJudge(rubricOf(llm), model), model, () -> {});
    }

    private Rubric rubricOf(JudgeConfig grader) throws IOException {
        Path file = conf.resolve("rubrics").resolve(grader.rubric() + ".yaml");
        Rubric rubric = Yaml.read(file, Rubric.class, List.of());
        if (!rubric.name().equals(grader.rubric())) {
            throw new BadInput(file + ": name is '" + rubric.name() + "' but must be that of the file; change it");
        }
        return rubric;
    }

    private String localName(JudgeConfig.Local local) throws IOException {
        Path folder = folder(local);
        return ModelLocator.title(folder) + "-" + Fingerprint.ofFolder(folder).substring(0, 8);
    }

    private Path folder(JudgeConfig.Local local) {
        return ModelLocator.find(models, conf.resolveSibling("data-lake/models"), local.model());
    }
}
