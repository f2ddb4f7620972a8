package org.selgen.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
                List.of(Map.of("base", subject.model().toString(), "adapter", adapter.toString(), "ids", subject.texts())),
                "training",
                List.of(training.request())));
        answered(subject, first.path("answers"));
        near("adapter of PEFT", subject, first.path("made").path(0), subject.logits(adapter));
        losses(subject, first.path("losses").path(0), training.losses());

        Path merged = work.resolve("merged");
        new ModelExport(subject.model(), adapter).write(merged);
        JsonNode second = reference.asked(Map.of("last", List.of(Map.of("base", merged.toString(), "ids", subject.texts()))));
        near("merged export", subject, second.path("last").path(0), subject.logits(adapter));
    }

    private void answered(ReferenceSubject subject, JsonNode counted) {
        for (int i = 0; i < subject.answers().size(); i++) {
            JsonNode counts = counted.get(i);
            String name = subject.answers().get(i).get("name").toString();
            row(
                    "greedy answers",
                    subject.name().equals(name) ? name : subject.name() + ": " + name,
                    counts.path("equal") + " of " + counts.path("answers") + " equal, " + counts.path("tokens") + " tokens",
                    counts.path("ties") + " ties, " + counts.path("differ") + " others");
            all.assertThat(counts.path("differ").intValue()).as("answers of %s", name).isZero();
        }
    }

    private void near(String what, ReferenceSubject subject, JsonNode expected, List<double[]> logits) {
        double apart = 0;
        int numbers = 0;
        for (int i = 0; i < logits.size(); i++) {
            double[] own = logits.get(i);
            all.assertThat(expected.get(i).size()).isEqualTo(own.length);
            for (int v = 0; v < own.length; v++) {
                apart = Math.max(apart, Math.abs(own[v] - expected.get(i).get(v).doubleValue()));
                numbers++;
            }
        }
        row(what, subject.name(), numbers + " logits", format("%.1e", apart));
        all.assertThat(apart).as("%s on %s", what, subject.name()).isLessThan(BOUND);
    }

    /** Against losses in double precision: in single precision the reference, too, is that far from them. */
    private void losses(ReferenceSubject subject, JsonNode expected, List<Double> own) {
        double here = apart(own, expected.path("double"));
        double there = apart(doubles(expected.path("single")), expected.path("double"));
        double between = apart(own, expected.path("single"));
        row(
                "losses of 20 steps",
                subject.name(),
                format("%.3f to %.3f", own.get(0), own.get(19)),
                format("%.1e; to double precision %.1e, of PEFT %.1e", between, here, there));
        all.assertThat(Math.min(between, here - there))
                .as("losses on %s: from PEFT's, or farther from exact ones than PEFT's", subject.name())
                .isLessThan(BOUND);
    }

    private static double apart(List<Double> losses, JsonNode expected) {
        return IntStream.range(0, 20)
                .mapToDouble(s -> Math.abs(losses.get(s) - expected.get(s).doubleValue()))
                .max()
                .orElseThrow();
    }

    private static List<Double> doubles(JsonNode numbers) {
        return IntStream.range(0, numbers.size())
                .mapToObj(i -> numbers.get(i).doubleValue())
                .toList();
    }

    private void row(String what, String of, String size, String difference) {
        table.add("| " + String.join(" | ", what, of, size, difference) + " |");
        System.out.println(table.get(table.size() - 1));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
