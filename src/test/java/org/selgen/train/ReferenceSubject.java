package org.selgen.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.selgen.chat.ChatFiles;
import org.selgen.chat.ChatTemplate;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.hub.ModelLocator;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Records;
import org.selgen.lm.Adapter;
import org.selgen.lm.Batch;
import org.selgen.lm.Decoder;
import org.selgen.lm.Decoding;
import org.selgen.lm.Generator;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.Sequence;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/**
 * A model that is compared, with texts that it is asked.
 *
 * @param texts eight or more of some tokens each
 * @param answers what it, or the runs on it, said greedily: requests of {@code compare.py}
 */
record ReferenceSubject(String name, Path model, List<long[]> texts, List<Map<String, Object>> answers) {
    private static final int LONGEST = 32; // tokens of an answer
    private static final int PROMPTS = 60; // of a run, at most
    private static final List<String> TEXTS = List.of(
            "What is the capital of France? Answer in one sentence.",
            "Is 17 + 25 equal to 42? I think it is 43.",
            "Name three animals that live in the sea.",
            "Write a short sentence about the moon.",
            "The shop on the corner sells bread, milk and fresh apples.",
            "It rained all night, so the road to the village was closed.",
            "She opened the old book and began to read aloud to the children.",
            "A train leaves at nine and arrives two hours later in the city.");

    /** Every finished run of a lake, and what all of them stand on. */
    static ReferenceSubject ofLake(Path folder) throws IOException {
        Lake lake = Lake.open(LocalSpark.session(), folder);
        List<Map<String, Object>> answers = new ArrayList<>();
        List<long[]> texts = List.of();
        Path model = Path.of("");
        for (Run run : lake.runs().read()) {
            if (run.status() == Status.FINISHED) {
                model = ModelLocator.inProject(lake.models()).find(run.model());
                texts = ofRun(lake, run, model, answers);
            }
        }
        return new ReferenceSubject(
                "lake of " + model.getFileName(), model, texts.subList(0, Math.min(8, texts.size())), answers);
    }

    private static List<long[]> ofRun(Lake lake, Run run, Path model, List<Map<String, Object>> answers)
            throws IOException {
        Path folder = run.adapter().isEmpty() ? null : lake.adapter(run).localCopy("");
        try (LanguageModel base = LanguageModel.open(model, DType.F32);
                Adapter adapter = folder == null
                        ? Adapter.none()
                        : Adapter.read(folder, base.decoder().config())) {
            LanguageModel lm = folder == null ? base : base.with(adapter).with(ChatFiles.read(folder));
            List<long[]> prompts = lake.questions().rows().collectAsList().stream()
                    .limit(PROMPTS)
                    .map(row -> Records.fromRow(row, Question.class))
                    .map(question -> lm.encoder(1024).prompt(question.prompt()))
                    .toList();
            answers.add(asked(run.method() + " " + run.knobs(), lm, model, folder, prompts));
            return prompts;
        }
    }

    /** Every folder of a checkpoint in a folder. */
    static List<ReferenceSubject> ofCheckpoints(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> Files.exists(each.resolve("model.safetensors")))
                    .sorted()
                    .map(ReferenceSubject::ofCheckpoint)
                    .toList();
        }
    }

    private static ReferenceSubject ofCheckpoint(Path model) {
        try (LanguageModel lm = LanguageModel.open(model, DType.F32)) {
            List<long[]> texts = TEXTS.stream().map(lm.tokenizer()::encode).toList();
            String name = String.valueOf(model.getFileName());
            return new ReferenceSubject(name, model, texts, List.of(asked(name, lm, model, null, texts)));
        }
    }

    private static Map<String, Object> asked(
            String name, LanguageModel lm, Path model, Path adapter, List<long[]> prompts) {
        Set<Long> stops = ChatTemplate.isIn(model) ? lm.stops() : Set.of();
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("name", name.strip());
        asked.put("base", model.toString());
        asked.put("adapter", adapter == null ? "" : adapter.toString());
        asked.put("prompts", prompts);
        asked.put(
                "answers",
                new Generator(lm.decoder(), stops::contains)
                        .answers(prompts, Decoding.greedy(LONGEST), new long[prompts.size()]));
        return asked;
    }

    /** Of the token behind each text, by the model with an adapter. */
    List<double[]> logits(Path adapter) {
        List<double[]> all = new ArrayList<>();
        try (Decoder base = Decoder.open(model, DType.F32);
                Adapter read = Adapter.read(adapter, base.config())) {
            for (long[] ids : texts) {
                try (Scope scope = Scope.open()) {
                    Batch batch = Batch.of(List.of(new Sequence(ids, new boolean[ids.length]).whole()));
                    Tensor logits =
                            Autograd.off(() -> base.with(read).forward(batch).logits()); // [1, T, V]
                    all.add(logits.transpose(0, 1)
                            .rows(ids.length - 1L, ids.length)
                            .doubles());
                }
            }
        }
        return all;
    }
}
