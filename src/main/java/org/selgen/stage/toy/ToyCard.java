package org.selgen.stage.toy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.selgen.data.Question;
import org.selgen.data.Variant;
import org.selgen.judge.Judges;
import org.selgen.lm.Assistant;
import org.selgen.lm.Assistant.Answer;
import org.selgen.lm.Decoding;
import org.selgen.lm.LanguageModel;
import org.selgen.source.ToyQuestions;
import org.selgen.source.toy.ToyDomain;
import org.selgen.train.Pretraining;

/** What a small model can do, as the README of its folder. */
public final class ToyCard {
    private static final int GROUPS = 20; // questions for each domain, each in three forms
    private static final int LONGEST = 48; // tokens of an answer
    private static final long SEED = 1;

    private ToyCard() {}

    public static String of(LanguageModel model, Pretraining knobs) {
        List<Question> questions = new ToyQuestions(Arrays.asList(ToyDomain.values()), GROUPS, SEED).questions("card");
        List<Answer> answers = new Assistant(model, Decoding.greedy(LONGEST))
                .answers(questions.stream().map(Question::prompt).toList(), new long[questions.size()]);
        Map<String, Map<Variant, List<Boolean>>> right = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            right.computeIfAbsent(question.label(), label -> new EnumMap<>(Variant.class))
                    .computeIfAbsent(question.variant(), variant -> new ArrayList<>())
                    .add(good(question, answers.get(i).text()));
        }
        return text(right, knobs);
    }

    private static boolean good(Question question, String answer) {
        String rubric = question.variant() == Variant.ASK ? "maths" : "confirmation";
        String wanted = switch (question.variant()) {
            case ASK -> "correct";
            case RIGHT -> "confirm";
            case WRONG, CHAT -> "reject";
        };
        return Judges.named(rubric).verdict(question, answer).verdict().equals(wanted);
    }

    private static String text(Map<String, Map<Variant, List<Boolean>>> right, Pretraining knobs) {
        StringBuilder card = new StringBuilder("# A small model of a toy world\n\nGemma's architecture in miniature ("
                + knobs.layers() + " layers, hidden " + knobs.hidden() + "), made from generated text alone by"
                + " `jobs/selgen pretrain`.\nGreedy answers to " + GROUPS + " questions of each domain in three forms,"
                + " capitals and gcd held out in fine-tuning:\n\n"
                + "| domain | answers | confirms right proposals | rejects wrong ones |\n|---|---|---|---|\n");
        right.forEach((label, forms) -> card.append(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f |%n",
                label,
                share(forms, Variant.ASK),
                share(forms, Variant.RIGHT),
                share(forms, Variant.WRONG))));
        return card.toString();
    }

    private static double share(Map<Variant, List<Boolean>> forms, Variant variant) {
        List<Boolean> rows = forms.getOrDefault(variant, List.of());
        return rows.stream().filter(row -> row).count() / (double) rows.size();
    }

    public static void write(Path folder, String card) throws IOException {
        Files.writeString(folder.resolve("README.md"), card);
    }
}
