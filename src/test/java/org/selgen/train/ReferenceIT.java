package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
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
import org.selgen.lm.LoraConfig;
import org.selgen.lm.ModelExport;
import org.selgen.lm.PeftConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.Standard;
import org.selgen.stage.LocalEngine;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.stage.Stages;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/**
 * selgen against transformers and PEFT: {@code mvn -Preference test}. Of the lake of {@code -Dlake=DIR} (else a small one made
 * here), and of the checkpoints in the folders of {@code -Dmodels.dir=DIR}. Not run where the reference cannot be had.
 */
@Tag("reference")
class ReferenceIT {
    private static final int CANNOT_BE_HAD = 77;
    private static final int LONGEST = 32; // tokens of an answer
    private static final int PROMPTS = 60; // of a run, at most
    private static final List<String> TEXTS = List.of(
            "What is the capital of France? Answer in one sentence.",
            "Is 17 + 25 equal to 42? I think it is 43.",
            "Name three animals that live in the sea.",
            "Write a short sentence about the moon.");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final List<String> table = new ArrayList<>();

    /** A model to compare on, with prompts that it is asked. */
    private record Subject(String name, Path model, List<long[]> prompts) {}

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void allThatIsComputedEqualsTheReference() throws Exception {
        List<Map<String, Object>> answers = new ArrayList<>();
        List<Subject> subjects = new ArrayList<>(List.of(ofLake(answers)));
        for (Path model : models()) {
            subjects.add(ofCheckpoint(model, answers));
        }
        List<Map<String, Object>> made = subjects.stream()
                .map(each -> Map.<String, Object>of(
                        "base", text(each.model()), "adapter", text(peft(each)), "ids", each.prompts()))
                .toList();
        JsonNode first = compared(Map.of("answers", answers, "made", made, "training", training(subjects)));
        row("versions", first.path("versions").toString().replaceAll("[{}\"]", "").replaceAll("[:,]", " $0 "));
        answered(answers, first.path("answers"));
        List<Map<String, Object>> merged = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            Path whole = folder.resolve("merged-" + subject.name());
            new ModelExport(subject.model(), peft(subject)).write(whole);
            merged.add(Map.of("base", text(whole), "ids", subject.prompts()));
            near("adapter of PEFT", subject, first.path("made").get(i), logits(subject, peft(subject)));
            losses(subject, first.path("losses").get(i));
        }
        JsonNode second = compared(Map.of("last", merged));
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            near("merged export", subject, second.path("last").get(i), logits(subject, peft(subject)));
        }
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/reference.md"), table);
    }

    // ---- what is compared ----

    private Subject ofLake(List<Map<String, Object>> answers) throws IOException {
        String given = System.getProperty("lake");
        Lake lake = Lake.open(LocalSpark.session(), given == null ? small() : Path.of(given));
        List<long[]> some = List.of();
        Path model = Path.of("");
        for (Run run : lake.runs().read()) {
            if (run.status() == Status.FINISHED) {
                model = ModelLocator.inProject(lake.models()).find(run.model());
                some = ofRun(lake, run, model, answers);
            }
        }
        return new Subject("tiny", model, some.subList(0, Math.min(4, some.size())));
    }

    private static List<long[]> ofRun(Lake lake, Run run, Path model, List<Map<String, Object>> answers)
            throws IOException {
        Path folder = run.adapter().isEmpty() ? null : lake.adapter(run).localCopy("");
        List<Question> questions = lake.questions().rows().collectAsList().stream()
                .map(row -> Records.fromRow(row, Question.class))
                .toList();
        try (LanguageModel base = LanguageModel.open(model, DType.F32);
                Adapter adapter = folder == null ? Adapter.none() : Adapter.read(folder, base.decoder().config())) {
            LanguageModel lm = folder == null ? base : base.with(adapter).with(ChatFiles.read(folder));
            List<long[]> prompts = questions.stream()
                    .limit(PROMPTS)
                    .map(question -> lm.encoder(1024).prompt(question.prompt()))
                    .toList();
            answers.add(asked(run.method() + " " + run.knobs(), lm, model, folder, prompts));
            return prompts;
        }
    }

    private static Map<String, Object> asked(
            String name, LanguageModel lm, Path model, Path adapter, List<long[]> prompts) {
        Set<Long> stops = ChatTemplate.isIn(model) ? lm.stops() : Set.of();
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("name", name.strip());
        asked.put("base", text(model));
        asked.put("adapter", adapter == null ? "" : text(adapter));
        asked.put("prompts", prompts);
        asked.put(
                "answers",
                new Generator(lm.decoder(), stops::contains)
                        .answers(prompts, Decoding.greedy(LONGEST), new long[prompts.size()]));
        return asked;
    }

    private static Subject ofCheckpoint(Path model, List<Map<String, Object>> answers) {
        try (LanguageModel lm = LanguageModel.open(model, DType.F32)) {
            List<long[]> prompts = TEXTS.stream().map(lm.tokenizer()::encode).toList();
            String name = String.valueOf(model.getFileName());
            answers.add(asked(name, lm, model, null, prompts));
            return new Subject(name, model, prompts);
        }
    }

    private static List<Path> models() throws IOException {
        String given = System.getProperty("models.dir");
        if (given == null) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(Path.of(given))) {
            return all.filter(each -> Files.exists(each.resolve("model.safetensors"))).sorted().toList();
        }
    }

    private Path small() throws IOException {
        Stages stages = TestExperiment.in(
                        folder,
                        TestExperiment.TINY,
                        "methods=[standard, mixed, {kl-penalty: {beta: 1}}, {o-lora: {lambda: 0.1}}]",
                        "training.epochs=6",
                        "training.learningRate=0.002",
                        "lora.r=8",
                        "lora.targets=[q_proj, v_proj, up_proj, down_proj]")
                .stages("lake", new LocalEngine(), new StringWriter());
        stages.prepare(OnLeak.STOP);
        stages.train();
        return folder.resolve("lake");
    }

    private Path peft(Subject subject) {
        return folder.resolve("peft-" + subject.name());
    }

    private static List<double[]> logits(Subject subject, Path adapter) {
        List<double[]> all = new ArrayList<>();
        try (Decoder base = Decoder.open(subject.model(), DType.F32);
                Adapter read = Adapter.read(adapter, base.config())) {
            for (long[] ids : subject.prompts()) {
                try (Scope scope = Scope.open()) {
                    Batch batch = Batch.of(List.of(new Sequence(ids, new boolean[ids.length]).whole()));
                    Tensor logits = Autograd.off(() -> base.with(read).forward(batch).logits()); // [1, T, V]
                    all.add(logits.transpose(0, 1).rows(ids.length - 1L, ids.length).doubles());
                }
            }
        }
        return all;
    }

    // ---- a training of 20 steps ----

    private static final Training TRAINING =
            new Training(10, 4, 4, 1, 0.0005f, 3, 0.01f, 1, 1024, Training.LossOn.ANSWER);
    private static final LoraConfig LORA = new LoraConfig(8, 16, true, List.of("q_proj", "v_proj"));

    /** Eight rows, two steps an epoch: the prompts, of which the second half is learnt. */
    private static List<Sequence> rows(Subject subject) {
        return IntStream.range(0, 8)
                .mapToObj(i -> {
                    long[] ids = subject.prompts().get(i % subject.prompts().size()).clone();
                    ids[ids.length / 2] = 3 + i;
                    boolean[] learnt = new boolean[ids.length];
                    Arrays.fill(learnt, ids.length / 2, ids.length, true);
                    return new Sequence(ids, learnt);
                })
                .toList();
    }

    private static List<ProxyRow> proxies(Subject subject) {
        return rows(subject).stream().map(row -> new ProxyRow(row, row, null)).toList();
    }

    private List<Map<String, Object>> training(List<Subject> subjects) {
        List<Map<String, Object>> asked = new ArrayList<>();
        for (Subject subject : subjects) {
            Path begun = folder.resolve("begun-" + subject.name());
            try (Decoder base = Decoder.open(subject.model(), DType.F32);
                    Adapter fresh = Adapter.fresh(LORA, base.config(), 7)) {
                fresh.write(begun, new PeftConfig("", LORA));
            }
            List<Sequence> rows = rows(subject);
            StepOrder<Sequence, ProxyRow> order =
                    new StepOrder<>(TRAINING, rows, Sequence::length, proxies(subject), ProxyRow::length, 5);
            int steps = TRAINING.steps(rows.size());
            Schedule schedule = new Schedule(TRAINING.learningRate(), TRAINING.warmup(), steps);
            List<Object> batches = new ArrayList<>();
            for (int s = 0; s < steps; s++) {
                batches.add(order.next().get(0).task().stream()
                        .map(row -> Map.of("ids", row.ids(), "learnt", marks(row.lossMask())))
                        .toList());
            }
            asked.add(Map.of(
                    "base", text(subject.model()),
                    "adapter", text(begun),
                    "betas", List.of(0.9, 0.999),
                    "weightDecay", TRAINING.weightDecay(),
                    "clip", TRAINING.clip(),
                    "batches", batches,
                    "rates", IntStream.range(0, steps).mapToObj(schedule::rate).toList()));
        }
        return asked;
    }

    private static int[] marks(boolean[] mask) {
        return IntStream.range(0, mask.length).map(t -> mask[t] ? 1 : 0).toArray();
    }

    private void losses(Subject subject, JsonNode expected) {
        List<Double> own = new ArrayList<>();
        try (Decoder base = Decoder.open(subject.model(), DType.F32);
                Adapter adapter = Adapter.read(folder.resolve("begun-" + subject.name()), base.config())) {
            new Trainer("", TRAINING, step -> own.add(step.loss()))
                    .fit(base.with(adapter), new Standard(), rows(subject), proxies(subject), 5);
        }
        assertThat(own).hasSize(20).hasSize(expected.size());
        double[] each = IntStream.range(0, 20)
                .mapToDouble(s -> Math.abs(own.get(s) - expected.get(s).doubleValue()))
                .toArray();
        double apart = Arrays.stream(each).max().orElseThrow();
        row("losses of 20 steps", subject.name() + " | 20 steps, " + String.format("%.3f to %.3f", own.get(0), own.get(19))
                + " | " + String.format("%.1e (first step %.1e, tenth %.1e)", apart, each[0], each[9]));
        assertThat(apart).as("losses on " + subject.name()).isLessThan(1e-4);
    }

    // ---- what is said ----

    private void answered(List<Map<String, Object>> asked, JsonNode counted) {
        for (int i = 0; i < asked.size(); i++) {
            JsonNode counts = counted.get(i);
            row("greedy answers", asked.get(i).get("name") + " | " + counts.path("equal") + " of " + counts.path("answers")
                    + " equal, " + counts.path("tokens") + " tokens, " + counts.path("ties") + " ties | "
                    + counts.path("differ"));
            assertThat(counts.path("differ").intValue()).as(asked.get(i).get("name").toString()).isZero();
        }
    }

    private void near(String what, Subject subject, JsonNode expected, List<double[]> logits) {
        double apart = 0;
        int numbers = 0;
        for (int i = 0; i < logits.size(); i++) {
            assertThat(expected.get(i).size()).isEqualTo(logits.get(i).length);
            for (int v = 0; v < logits.get(i).length; v++) {
                apart = Math.max(apart, Math.abs(logits.get(i)[v] - expected.get(i).get(v).doubleValue()));
                numbers++;
            }
        }
        row(what, subject.name() + " | " + numbers + " logits | " + String.format("%.1e", apart));
        assertThat(apart).as(what + " on " + subject.name()).isLessThan(1e-4);
    }

    private void row(String what, String cells) {
        table.add("| " + what + " | " + cells + " |");
        System.out.println(table.get(table.size() - 1));
    }

    private static String text(Path path) {
        return path.toAbsolutePath().toString();
    }

    private JsonNode compared(Map<String, Object> request) throws IOException, InterruptedException {
        Path asked = folder.resolve("request.json");
        Path said = folder.resolve("result.json");
        JSON.writeValue(asked.toFile(), request);
        Process reference = new ProcessBuilder("bash", "src/test/reference/compare", text(asked), text(said))
                .redirectErrorStream(true)
                .start();
        String words = new String(reference.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = reference.waitFor();
        assumeTrue(code != CANNOT_BE_HAD, "not run: " + words);
        assertThat(code).as(words).isZero();
        return JSON.readTree(said.toFile());
    }
}
