package org.selgen.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.lm.ModelExport;
import org.selgen.stage.LocalEngine;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.stage.Stages;

/**
 * selgen against transformers and PEFT: {@code mvn -Preference test}. Of the lake of {@code -Dlake=DIR} (else a small one made
 * here), and of the checkpoints in the folders of {@code -Dmodels.dir=DIR}. Not run where the reference cannot be had. What
 * was compared stands in {@code target/reference.md}, also of what differs.
 */
@Tag("reference")
class ReferenceIT {
    private static final double BOUND = 1e-4;
    private static final double ROUNDING = 3; // one order of sums against another, over 20 steps of AdamW

    @TempDir
    private Path folder;

    private final List<String> table = new ArrayList<>();
    private final SoftAssertions all = new SoftAssertions(); // one difference does not hide the next

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void allThatIsComputedEqualsTheReference() throws Exception {
        Transformers reference = new Transformers(folder);
        List<ReferenceSubject> subjects = subjects();
        row("versions", reference.asked(Map.of()).path("versions").toString().replaceAll("[{}\"]", ""), "", "");
        for (ReferenceSubject subject : subjects) {
            compare(reference, subject, Files.createDirectory(folder.resolve("of-" + subjects.indexOf(subject))));
            Files.createDirectories(Path.of("target"));
            Files.write(Path.of("target/reference.md"), table);
        }
        all.assertAll();
    }

    private List<ReferenceSubject> subjects() throws IOException {
        String lake = System.getProperty("lake");
        String models = System.getProperty("models.dir");
        List<ReferenceSubject> subjects = new ArrayList<>();
        subjects.add(ReferenceSubject.ofLake(lake == null ? small() : Path.of(lake)));
        if (models != null) {
            subjects.addAll(ReferenceSubject.ofCheckpoints(Path.of(models)));
        }
        return subjects;
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

    private void compare(Transformers reference, ReferenceSubject subject, Path work) throws Exception {
        Path adapter = work.resolve("peft");
        ReferenceTraining training = new ReferenceTraining(subject, work.resolve("begun"));
        JsonNode first = reference.asked(Map.of(
                "answers",
                subject.answers(),
                "made",
                List.of(Map.of(
                        "base", subject.model().toString(), "adapter", adapter.toString(), "ids", subject.texts())),
                "training",
                List.of(training.request())));
        answered(subject, first.path("answers"));
        logits("adapter of PEFT", subject, first.path("made").path(0), subject.logits(adapter));
        losses(subject, first.path("losses").path(0), training.losses());

        Path merged = work.resolve("merged");
        new ModelExport(subject.model(), adapter).write(merged);
        JsonNode second =
                reference.asked(Map.of("last", List.of(Map.of("base", merged.toString(), "ids", subject.texts()))));
        logits("merged export", subject, second.path("last").path(0), subject.logits(adapter));
    }

    private void answered(ReferenceSubject subject, JsonNode counted) {
        for (int i = 0; i < subject.answers().size(); i++) {
            JsonNode counts = counted.get(i);
            String name = subject.answers().get(i).get("name").toString();
            row(
                    "greedy answers",
                    subject.name().equals(name) ? name : subject.name() + ": " + name,
                    counts.path("equal") + " of " + counts.path("answers") + " equal, " + counts.path("tokens")
                            + " tokens",
                    counts.path("ties") + " ties, " + counts.path("differ") + " others");
            all.assertThat(counts.path("differ").intValue())
                    .as("answers of %s", name)
                    .isZero();
        }
    }

    private void logits(String what, ReferenceSubject subject, JsonNode expected, List<double[]> logits) {
        double[] own = logits.stream().flatMapToDouble(Arrays::stream).toArray();
        near(what, subject, own.length + " logits", own, expected);
    }

    private void losses(ReferenceSubject subject, JsonNode expected, double[] own) {
        near("losses of 20 steps", subject, format("%.3f to %.3f", own[0], own[19]), own, expected);
    }

    /** Rounding alone takes both as far from what is exact: within the bound of each other, or ours at most so much farther. */
    private void near(String what, ReferenceSubject subject, String count, double[] own, JsonNode expected) {
        double[] exact = numbers(expected.path("double"));
        double[] single = numbers(expected.path("single"));
        double between = apart(own, single);
        double here = apart(own, exact);
        double there = apart(single, exact);
        row(what, subject.name(), count, format("%.1e; from exact: ours %.1e, theirs %.1e", between, here, there));
        all.assertThat(between < BOUND || here < ROUNDING * there)
                .as(
                        "%s on %s: %.1e apart, ours %.1e from exact, theirs %.1e",
                        what, subject.name(), between, here, there)
                .isTrue();
    }

    private static double apart(double[] some, double[] others) {
        return IntStream.range(0, Math.max(some.length, others.length))
                .mapToDouble(i -> Math.abs(some[i] - others[i]))
                .max()
                .orElseThrow();
    }

    /** Those of an array, or of arrays in an array. */
    private static double[] numbers(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .flatMapToDouble(
                        each -> each.isArray() ? Arrays.stream(numbers(each)) : DoubleStream.of(each.doubleValue()))
                .toArray();
    }

    private void row(String what, String of, String size, String difference) {
        table.add("| " + String.join(" | ", what, of, size, difference) + " |");
        System.out.println(table.get(table.size() - 1));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
