package org.selgen.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.experiment.ExperimentRows;
import org.selgen.lm.TokenCounter;

/**
 * Counts tokens of many rows, some at a time, as if one came after the other: what is refused is the first that cannot be
 * counted.
 *
 * @param counter of the model, safe to share between threads
 */
record RowTokens(TokenCounter counter) {
    /**
     * A conversation of a row.
     *
     * @param answer that ends it; none of a question
     */
    record Chat(
            String dataset,
            String id,
            List<Message> prompt,
            @Nullable String answer) {
        static List<Chat> of(List<Example> rows) {
            return rows.stream().map(row -> of(row, row.answer())).toList();
        }

        /** Of each row its answer, and then the rejected one where it has one. */
        static List<Chat> withRejected(List<Example> rows) {
            return rows.stream()
                    .flatMap(row -> Stream.concat(
                            Stream.of(of(row, row.answer())),
                            row.misaligned().stream().map(text -> of(row, text))))
                    .toList();
        }

        static List<Chat> asked(ExperimentRows rows) {
            return rows.questions().values().stream()
                    .flatMap(List::stream)
                    .map(Chat::of)
                    .toList();
        }

        private static Chat of(Question row) {
            return new Chat(row.dataset(), row.id(), row.prompt(), null);
        }

        private static Chat of(Example row, String answer) {
            return new Chat(row.dataset(), row.id(), row.prompt(), answer);
        }

        String place() {
            return "dataset '" + dataset + "', row '" + id + "'";
        }
    }

    private record Counted(int tokens, @Nullable BadInput refused) {}

    /** Tokens of each conversation, its answer included. */
    List<Integer> whole(List<Chat> chats) {
        return count(
                chats,
                chat -> chat.answer == null ? counter.prompt(chat.prompt) : counter.answered(chat.prompt, chat.answer));
    }

    /** Tokens of each conversation up to where its answer begins. */
    List<Integer> prompts(List<Chat> chats) {
        return count(chats, chat -> counter.prompt(chat.prompt));
    }

    private static List<Integer> count(List<Chat> chats, ToIntFunction<Chat> tokens) {
        List<Counted> counted = chats.parallelStream()
                .map(chat -> counted(chat, () -> tokens.applyAsInt(chat)))
                .toList();
        List<Integer> all = new ArrayList<>(chats.size());
        for (Counted each : counted) {
            if (each.refused != null) {
                throw each.refused;
            }
            all.add(each.tokens);
        }
        return all;
    }

    /** An error of the chat template names the row. */
    private static Counted counted(Chat chat, IntSupplier tokens) {
        try {
            return new Counted(tokens.getAsInt(), null);
        } catch (BadInput e) {
            return new Counted(0, new BadInput(chat.place() + ": " + e.getMessage(), e));
        }
    }
}
