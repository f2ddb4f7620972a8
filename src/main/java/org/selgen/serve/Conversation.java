package org.selgen.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.selgen.data.Message;
import org.selgen.data.Printable;
import org.selgen.lm.Assistant;
import org.selgen.lm.Assistant.Answer;

/**
 * A conversation at a terminal: answers are printed while they are generated.
 *
 * @param assistant the model
 * @param history which earlier turns the model reads
 * @param out where answers go
 */
public record Conversation(Assistant assistant, History history, PrintWriter out) {
    /** Which earlier turns the model reads. */
    public enum History {
        KEPT,
        FORGOTTEN;

        public static History of(boolean kept) {
            return kept ? KEPT : FORGOTTEN;
        }
    }

    /** Answers these words as one turn; without words, each line of the input, until an empty line. */
    public void on(List<String> words, InputStream lines) throws IOException {
        if (words.isEmpty()) {
            with(new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8)));
        } else {
            answer(List.of(Message.user(String.join(" ", words))));
        }
    }

    /** Answers each line, until an empty line. */
    public void with(BufferedReader in) throws IOException {
        List<Message> turns = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isBlank(); line = in.readLine()) {
            turns.add(Message.user(line));
            Answer answer = answer(turns);
            if (history == History.KEPT) {
                turns.add(Message.assistant(answer.text()));
            } else {
                turns.clear();
            }
        }
    }

    /** Answers these turns. */
    public Answer answer(List<Message> turns) {
        Answer answer = assistant.stream(turns, piece -> {
            out.print(Printable.lines(piece));
            out.flush();
        });
        out.println(answer.finish().equals(Answer.LENGTH) ? " …" : "");
        out.flush();
        return answer;
    }
}
