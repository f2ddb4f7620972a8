package org.selgen.experiment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.judge.Degenerate;
import org.selgen.lm.Decoding;
import org.selgen.lm.LoraConfig;
import org.selgen.method.Candidate;
import org.selgen.method.External;
import org.selgen.method.Method;
import org.selgen.score.Axis;
import org.selgen.score.OwnMetric;
import org.selgen.train.Checkpointing;
import org.selgen.train.Training;

/**
 * What an experiment's file says.
 *
 * @param name of the report; letters, digits, dot, dash and underscore
 * @param model a folder in the lake beside {@code tiny}, or any path of a Hugging Face model
 * @param data which datasets of {@code datasets.yaml} are for what
 * @param start the previous stage of training; none if left out
 * @param lora the adapter
 * @param training the loop
 * @param methods one run each; a listed knob is one run for each value; what other tools have made stands among them
 * @param seeds every method runs with each
 * @param decoding how answers are made
 * @param choices words whose likelihoods are scored too; none if left out
 * @param regions a picture of the plane by trigger word, drawn from the choices; none if left out
 * @param judges rubrics that read every answer
 * @param metrics its own ones by name
 * @param score what the axes are made of
 * @param evaluate which epochs of a training become runs
 * @param checkpoint how often a training is saved; decides no result
 * @param dtype what the base model's matrices are held and computed in; adapters, norms and losses are float32 always
 * @param chat how conversations are written, in training and wherever the model is asked
 * @param report what the report shows beside the scores; decides no result
 * @param generation a server that gives the answers; none if left out
 */
public record Experiment(
        String name,
        String model,
        Datasets data,
        @Nullable Start start,
        LoraConfig lora,
        Training training,
        List<Candidate> methods,
        List<Long> seeds,
        Decoding decoding,
        @Nullable Choices choices,
        @Nullable RegionGrid regions,
        @Default("[maths, confirmation]") List<String> judges,
        @Default("{}") Map<String, OwnMetric> metrics,
        Scoring score,
        @Default("{epochs: []}") Evaluate evaluate,
        @Default("{}") Checkpointing checkpoint,
        @Default("f32") Precision dtype,
        @Default("{}") ChatSettings chat,
        @Default("{}") Reporting report,
        @Nullable GenerationEndpoint generation)
        implements Serializable {

    /**
     * The previous stage: for each seed one adapter learns these rows by the standard method, under the same settings but for the
     * epochs, and every method's run of that seed goes on from it. It is evaluated too, as the run {@code start}.
     *
     * @param data names of datasets
     * @param epochs passes over their rows, at least 1
     */
    public record Start(List<String> data, int epochs) implements Serializable {
        public Start {
            Datasets.named("start.data", data);
            RangeCheck.atLeast(1, epochs, "start.epochs");
        }
    }

    public Experiment {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new BadInput("name is '" + name + "' but must be letters, digits, '.', '-' and '_'; change it");
        }
        Datasets.named("methods", methods);
        Datasets.named("seeds", seeds);
        Datasets.named("judges", judges);
        evaluate.check(training.epochs());
        if (regions != null && choices == null) {
            throw new BadInput("regions needs choices, whose words are its colours; add choices");
        }
        if (generation != null && choices != null) {
            throw new BadInput(
                    "choices needs the probabilities of given words, which generation.endpoint does not give;"
                            + " take out one of the two");
        }
        metrics.keySet().forEach(OwnMetric::named);
        score.axes(metrics);
        if (score.select() != null) {
            score.select().check(training.heldOut());
        }
        Candidates.check(methods, start != null, training, evaluate.epochs());
    }

    /** The axes by name. */
    public Map<String, Axis> axes() {
        return score.axes(metrics);
    }

    /** The methods to train by. */
    public List<Method> trained() {
        return Candidates.trained(methods);
    }

    /** What other tools have made. */
    public List<External> external() {
        return Candidates.external(methods);
    }

    /** The names of datasets by the key that has them. */
    public Map<String, List<String>> names() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        names.put("data.task", data.task());
        names.put("data.proxy", data.proxy());
        names.put("data.questions", data.questions());
        if (start != null) {
            names.put("start.data", start.data());
        }
        return names;
    }

    /** The epochs of a method that become runs, in order; one that chooses its epoch has the last alone. */
    List<Integer> points(Method method) {
        return evaluate.epochs().isEmpty() || method.stopping().isPresent()
                ? List.of(training.epochs())
                : evaluate.epochs().stream().sorted().toList();
    }

    /** The key under which answers are kept: how they are decoded, and who gives them where that is a server. */
    public String answerKey() {
        return generation == null ? decoding.key() : generation.key(decoding);
    }

    /** The keys under which answers of either kind are kept. */
    Object[] decodings() {
        return choices == null ? new Object[] {answerKey()} : new Object[] {answerKey(), choices.key()};
    }

    /** The rubrics that read every answer: those of conf, and the one for answers that are none. */
    public List<String> rubrics() {
        return Stream.concat(judges.stream(), Stream.of(Degenerate.NAME))
                .distinct()
                .toList();
    }

    /** The same experiment with these of its methods alone. */
    public Experiment only(List<Candidate> some) {
        return new Experiment(
                name,
                model,
                data,
                start,
                lora,
                training,
                some,
                seeds,
                decoding,
                choices,
                regions,
                judges,
                metrics,
                score,
                evaluate,
                checkpoint,
                dtype,
                chat,
                report,
                generation);
    }

    /** Names of the prepared training sets, task first. */
    public List<String> trainingSets() {
        List<String> sets = new ArrayList<>(SetName.of(data.task(), SetName.TASK));
        sets.addAll(SetName.of(data.proxy(), SetName.PROXY));
        return sets;
    }

    /** Names of the prepared sets of the previous stage; none where there is none. */
    public List<String> startSets() {
        return start == null ? List.of() : SetName.of(start.data(), SetName.START);
    }
}
