package org.selgen.report.page;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.Status;
import org.selgen.data.StepMetrics;
import org.selgen.data.TaskTime;
import org.selgen.data.Variant;
import org.selgen.report.MadeUp;
import org.selgen.report.ReportHeader;
import org.selgen.score.Axis;
import org.selgen.score.Judged;
import org.selgen.score.Tallies;

/** A page of a made-up experiment, with answers that would do harm if they could. */
final class MadePage {
    static final int QUESTIONS = 60;
    private static final int SAMPLES = 2;
    private static final List<String> HOSTILE = List.of(
            "<script>document.title = 'taken'</script>",
            "</script><script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">",
            "w".repeat(140_000), // two samples of it fill a chunk
            "\u202eright to left\u202c and \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
            "\u001b[31mred\u001b[0m\u0007 \u0000 {{script}} <!--");

    private static final Map<String, Axis> AXES = Map.of(
            Score.ALIGNMENT, new Axis("rejects-wrong", List.of("kind", "after")),
            Score.CAPABILITY, new Axis("accuracy", List.of("kind")));

    private MadePage() {}

    /** Base answers every other question and rejects all; others the more, the later they stand among the runs. */
    private static Map<Run, Tallies> tallies(List<Run> runs) {
        Map<Run, Tallies> tallies = new LinkedHashMap<>();
        for (Run run : runs) {
            if (run.status() != Status.FINISHED) {
                continue;
            }
            List<Judged> judged = new ArrayList<>();
            int place = tallies.size();
            for (int i = 0; i < QUESTIONS; i++) {
                boolean rejects = place == 0 || i % 29 < place;
                judged.add(row(run, i, Variant.WRONG, "confirmation@1", rejects ? "reject" : "confirm"));
                judged.add(row(run, i, Variant.ASK, "maths@1", place > 0 || i % 4 == 0 ? "correct" : "wrong"));
            }
            tallies.put(run, Tallies.of(run.id(), judged));
        }
        return tallies;
    }

    private static Judged row(Run run, int i, Variant variant, String rubric, String verdict) {
        return new Judged(
                run.id(), "d", i % 2 == 0 ? "kind" : "after", "g" + i, variant, "q" + i, 0, verdict, null, rubric);
    }

    /** With all that a page may have: a third axis, metrics of other answers, settings that were chosen. */
    static PageInput input() {
        MadeUp made = MadeUp.experiment();
        for (Score score : List.copyOf(made.scores)) {
            if (score.metric().equals(Score.CAPABILITY)) {
                made.scores.add(score.named(Score.GENERALISATION, Score.ALL));
                made.scores.add(score.named("aligned-of-all", Score.ALL));
                made.scores.add(score.named("aligned-of-coherent", Score.ALL));
            }
        }
        Map<String, String> words = new LinkedHashMap<>(MadeUp.ABOUT.axes());
        words.put(Score.GENERALISATION, "accuracy on after");
        Map<String, Axis> axes = new LinkedHashMap<>(AXES);
        axes.put(Score.GENERALISATION, new Axis("accuracy", List.of("after")));
        PageTable chosen = new PageTable(
                "Settings chosen on one half",
                "Figures of the other half.",
                List.of("method", "chosen"),
                List.of(List.of("kl-penalty", "beta=1.0"), List.of("upweight", "lambda=10.0")));
        ReportHeader about =
                new ReportHeader(MadeUp.ABOUT.experiment(), words, MadeUp.ABOUT.facts(), MadeUp.ABOUT.regions());
        return input(about, made, axes, List.of(chosen));
    }

    static PageInput input(ReportHeader about, MadeUp made) {
        return input(about, made, AXES, List.of());
    }

    private static PageInput input(ReportHeader about, MadeUp made, Map<String, Axis> axes, List<PageTable> chosen) {
        return new PageInput(
                about,
                MadeUp.beside(),
                made.runs,
                made.scores,
                steps(made.runs),
                chosen,
                List.of(
                        WorkTables.questions(questions()),
                        WorkTables.training(Map.of("gcd.task", 240), Map.of("gcd.task", "abc")),
                        WorkTables.time(
                                List.of(new TaskTime(
                                        org.selgen.data.Stage.TRAIN,
                                        made.runs.get(1).id(),
                                        1_700_000_000_000L,
                                        "here",
                                        12.5,
                                        null,
                                        0,
                                        "",
                                        null,
                                        null,
                                        null,
                                        null)),
                                Map.of()),
                        WorkTables.leaks(List.of())),
                answers(made.runs),
                tallies(made.runs),
                axes);
    }

    static List<Question> questions() {
        return IntStream.range(0, QUESTIONS)
                .mapToObj(i -> new Question(
                        "q" + i,
                        "proposals",
                        i % 2 == 0 ? "kind" : "after",
                        "g" + i,
                        Variant.WRONG,
                        List.of(Message.user("Is it number " + i + " ? " + (i == 5 ? HOSTILE.get(1) : ""))),
                        "gold" + i,
                        null,
                        "",
                        null))
                .toList();
    }

    static PageAnswers answers(List<Run> runs) {
        List<ReadAnswer> answers = new ArrayList<>();
        List<Question> questions = questions();
        for (int run = 0; run < runs.size() - 1; run++) {
            for (int question = 0; question < QUESTIONS; question++) {
                for (int sample = 0; sample < SAMPLES; sample++) {
                    answers.add(answer(runs.get(run), run, questions.get(question), question, question, sample));
                }
            }
        }
        return new PageAnswers(
                questions, List.of(new Axis("rejects-wrong", List.of("kind", "after"))), answers.iterator(), "");
    }

    /** The same with so many answers to as many questions as that takes, none of which would do harm. */
    static PageInput many(int answers) {
        MadeUp made = MadeUp.experiment();
        int runs = made.runs.size() - 1;
        int count = answers / runs / SAMPLES;
        List<Question> questions = IntStream.range(0, count)
                .mapToObj(i -> new Question(
                        "q" + i,
                        "proposals",
                        "kind",
                        "g" + i,
                        Variant.WRONG,
                        List.of(Message.user("Is it " + i + " ?")),
                        "",
                        null,
                        "",
                        null))
                .toList();
        Iterator<ReadAnswer> all = IntStream.range(0, runs * count * SAMPLES)
                .mapToObj(i -> answer(
                        made.runs.get(i / SAMPLES / count),
                        i / SAMPLES / count,
                        questions.get(i / SAMPLES % count),
                        i / SAMPLES % count,
                        10 + i / SAMPLES % count,
                        i % SAMPLES))
                .iterator();
        PageInput input = input(MadeUp.ABOUT, made);
        return new PageInput(
                input.about(),
                input.beside(),
                input.runs(),
                input.scores(),
                input.steps(),
                input.chosen(),
                input.tables(),
                new PageAnswers(questions, List.of(new Axis("rejects-wrong", List.of("kind"))), all, ""),
                input.tallies(),
                input.axes());
    }

    /**
     * The base model rejects all; standard confirms; others reject two of three. Question 7 is evaded, 8 degenerate, on
     * 11 a second judge says otherwise. */
    private static ReadAnswer answer(Run run, int place, Question question, int asked, int number, int sample) {
        boolean rejects = run.method().equals("base") || (!run.method().equals("standard") && number % 3 > 0);
        String verdict = number == 9 ? "neither" : rejects ? "reject" : "confirm";
        String text = number < HOSTILE.size() && place < 2
                ? HOSTILE.get(number)
                : (rejects ? "No, " : "Yes, ") + "it is word" + number + " sample" + sample;
        String reason = number == 7
                ? Judgement.REFUSAL + "cannot"
                : "said so: " + text.substring(0, Math.min(40, text.length()));
        Generation answer = new Generation(run.id(), "proposals", question.id(), sample, "greedy", text, "stop", 7);
        return new ReadAnswer(
                place,
                asked,
                answer,
                List.of(
                        judged(answer, "confirmation@1", verdict, null, reason),
                        judged(answer, "confirmation@2", number == 11 ? "reject" : verdict, null, reason),
                        judged(answer, "degenerate@1", number == 8 ? "repeated" : "ok", null, ""),
                        judged(answer, "helpfulness@1-ab/some-model", "score", (double) (number % 100), "because")));
    }

    private static Judgement judged(Generation answer, String rubric, String verdict, Double score, String reason) {
        return new Judgement(
                answer.run(),
                answer.dataset(),
                answer.question(),
                answer.sample(),
                answer.decoding(),
                rubric,
                verdict,
                score,
                reason,
                "reply to " + answer.question());
    }

    private static List<StepMetrics> steps(List<Run> runs) {
        List<StepMetrics> steps = new ArrayList<>();
        for (Run run : runs.subList(1, runs.size())) {
            for (int step = 1; step <= 40; step++) {
                double loss = step == 40 && run.reason().contains("NaN") ? Double.NaN : 2.0 / step + 0.1 * run.seed();
                steps.add(new StepMetrics(run.id(), step, loss, loss, 0, 1.0 / step, 1e-3, 900));
            }
        }
        return steps;
    }
}
