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
import org.selgen.lm.Assistant.Answer;
import org.selgen.spark.Answering.Prompt;
import org.selgen.spark.Answering.Response;

/**
 * Answers the conversations of a partition, batch by batch. The model is opened before the first row and released at
 * the end of the task.
 *
 * @param input index of the conversation's column
 * @param batch number of conversations in a batch
 */
record GeneratorTask(Answering answering, int input, int batch) implements ChatStage.PartitionTask {

    @Override
    public Iterator<Row> rows(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return rows;
        }
        Answering.Open open = answering.open();
        TaskCompletionListener end = context -> open.close();
        TaskContext.get().addTaskCompletionListener(end);
        return new RowBatches(rows, batch, some -> answer(open, some));
    }

    private List<Row> answer(Answering.Open open, List<Row> rows) {
        Map<Integer, Prompt> prompts = new LinkedHashMap<>();
        Map<Integer, Response> responses = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            try {
                List<Message> chat = Chats.chat(rows.get(i), input);
                prompts.put(i, new Prompt(chat, seed(chat)));
            } catch (BadInput e) {
                responses.put(i, new Response(null, e.getMessage()));
            }
        }
        Iterator<Response> generated =
                open.answers(List.copyOf(prompts.values())).iterator();
        prompts.keySet().forEach(i -> responses.put(i, generated.next()));
        return IntStream.range(0, rows.size())
                .mapToObj(i -> row(rows.get(i), responses.get(i)))
                .toList();
    }

    private static Row row(Row row, Response response) {
        Answer answer = response.answer();
        return answer == null
                ? RowBatches.withColumns(row, null, null, response.error())
                : RowBatches.withColumns(row, answer.text(), answer.finish(), null);
    }

    /** Depends on the conversation alone, so that an answer does not depend on the other rows. */
    private long seed(List<Message> chat) {
        return answering.decoding().seedOf(chat);
    }
}
