package org.selgen.report.share;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.Variant;

/** Made-up answers of a run, hostile ones among them. */
public final class MadeAnswers {
    /** The run. */
    static final Run RUN =
            Run.planned("0123456789ab", "kl-penalty", "beta=0.1", 1, "tiny", "h", "d", "{}", Recipe.WEIGHTS);

    private static final List<String> TEXTS =
            List.of("no , it is fish .", "</script><script>x</script> \u202e \u001b[2J", "word ".repeat(5000), "");

    private MadeAnswers() {}

    static List<JudgedAnswer> all() {
        List<JudgedAnswer> all = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            String id = i == 1 ? "a/b\\c" : "q" + i;
            Question question = new Question(
                    id,
                    "set",
                    "kind",
                    "g" + i,
                    Variant.WRONG,
                    List.of(Message.user("is it a bird ?")),
                    "fish",
                    null,
                    "yes",
                    null);
            for (int sample = 0; sample < 2; sample++) {
                Generation answer = new Generation(
                        RUN.id(), "set", id, sample, "greedy", TEXTS.get(i), i == 2 ? "length" : "stop", 7);
                all.add(new JudgedAnswer(
                        question,
                        answer,
                        List.of(
                                judgement(id, sample, "confirmation@1", "reject", null),
                                judgement(id, sample, "rated@1", "number", 85.5))));
            }
        }
        return all;
    }

    private static Judgement judgement(String id, int sample, String rubric, String verdict, Double score) {
        return new Judgement(RUN.id(), "set", id, sample, "greedy", rubric, verdict, score, "it says no", "no");
    }

    static InspectLog log() {
        Score score = new Score("toy", RUN.id(), Score.ALIGNMENT, Score.ALL, 0.75, 0.5, 0.9, 8, 1);
        return new InspectLog(
                "toy", RUN, "kl-penalty beta=0.1 seed=1", List.of(score), Instant.parse("2026-01-02T03:04:05Z"));
    }

    /** A log of them. */
    public static void write(Path file) throws IOException {
        log().write(file, all().iterator());
    }
}
