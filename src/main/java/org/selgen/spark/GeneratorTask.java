package org.selgen.spark;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.lm.Answer;
import org.selgen.spark.Answering.Prompt;
import org.selgen.spark.Answering.Response;

/**
 * A partition's conversations, a batch at a time. The model is opened with the first row and given back at the task's end.
 *
 * @param input index of the conversation's column
 * @param batch conversations at once
 */
record GeneratorTask(Answering answering, int input, int batch) implements ChatStage.Work {

    @Override
    public Iterator<Row> rows(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return rows;
        }
        Answering.Open open = answering.open();
        TaskCompletionListener end = context -> open.close();
        TaskContext.get().addTaskCompletionListener(end);
        return new RowBatches(rows, batch, some -> answered(open, some));
    }

    private List<Row> answered(Answering.Open open, List<Row> rows) {
        Map<Integer, Prompt> asked = new LinkedHashMap<>();
        Map<Integer, Response> answers = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            try {
                List<Message> chat = Chats.chat(rows.get(i), input);
                asked.put(i, new Prompt(chat, seed(chat)));
            } catch (BadInput e) {
                answers.put(i, new Response(null, e.getMessage()));
            }
        }
        Iterator<Response> made = open.answers(List.copyOf(asked.values())).iterator();
        asked.keySet().forEach(i -> answers.put(i, made.next()));
        return IntStream.range(0, rows.size())
                .mapToObj(i -> row(rows.get(i), answers.get(i)))
                .toList();
    }

    private static Row row(Row row, Response one) {
        Answer answer = one.answer();
        return answer == null
                ? RowBatches.withColumns(row, null, null, one.error())
                : RowBatches.withColumns(row, answer.text(), answer.finish(), null);
    }

    /** Depends on the conversation alone, so that an answer does not depend on what else is asked. */
    private long seed(List<Message> chat) {
        return 31L * answering.decoding().seed() + chat.toString().hashCode();
    }
}
