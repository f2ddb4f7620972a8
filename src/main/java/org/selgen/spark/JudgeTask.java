package org.selgen.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.Question;
import org.selgen.data.Variant;
import org.selgen.judge.Judge;
import org.selgen.judge.Verdict;
import org.selgen.lake.Records;

/**
 * Judges the answers of a partition, batch by batch.
 *
 * @param answer index of the answer's column
 * @param question index of the question's column
 * @param gold index of the right answer's column; -1 for none
 * @param mod index of the modulus's column; -1 for none
 */
record JudgeTask(Grading grading, int answer, int question, int gold, int mod) implements ChatStage.PartitionTask {
    private static final int BATCH = 64;
    private static final String ERROR = "error";

    @Override
    public Iterator<Row> rows(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return rows;
        }
        Grading.OpenGrading open = grading.open();
        TaskCompletionListener end = context -> open.close();
        TaskContext.get().addTaskCompletionListener(end);
        return new RowBatches(rows, BATCH, some -> judge(open.judge(), some));
    }

    private List<Row> judge(Judge judge, List<Row> rows) {
        List<@Nullable Question> questions = new ArrayList<>();
        List<Verdict> bad = new ArrayList<>();
        for (Row row : rows) {
            try {
                questions.add(question(row));
            } catch (BadInput e) {
                questions.add(null);
                bad.add(new Verdict(ERROR, null, String.valueOf(e.getMessage()), ""));
            }
        }
        List<Integer> good = IntStream.range(0, rows.size())
                .filter(i -> questions.get(i) != null)
                .boxed()
                .toList();
        Iterator<Verdict> verdicts = judge.verdicts(
                        good.stream().<Question>map(questions::get).toList(),
                        good.stream().map(i -> rows.get(i).getString(answer)).toList())
                .iterator();
        Iterator<Verdict> errors = bad.iterator();
        return IntStream.range(0, rows.size())
                .mapToObj(i -> row(rows.get(i), questions.get(i) == null ? errors.next() : verdicts.next()))
                .toList();
    }

    private Question question(Row row) {
        if (row.isNullAt(answer)) {
            throw new BadInput("the answer is null but must be a text; give one");
        }
        boolean asks = gold >= 0;
        if (asks && row.isNullAt(gold)) {
            throw new BadInput("the right answer is null but must be a text; give one");
        }
        return new Question(
                "",
                "",
                "",
                "",
                asks ? Variant.ASK : Variant.CHAT,
                Chats.chat(row, question),
                asks ? row.getString(gold) : "",
                mod < 0 || row.isNullAt(mod) ? null : row.getInt(mod),
                "",
                null);
    }

    private static Row row(Row row, Verdict verdict) {
        String error = verdict.verdict().equals(ERROR) ? verdict.reason() : null;
        return RowBatches.withColumns(row, Records.toRow(verdict), error);
    }
}
