package org.selgen.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.selgen.data.ChatModel;
import org.selgen.data.Message;

/** A model that answers conversations. */
public final class Assistant implements ChatModel {
    private final LanguageModel model;
    private final ChatEncoder encoder;
    private final Generator generator;
    private final Decoding decoding;

    public Assistant(LanguageModel model, Decoding decoding) {
        this(model, decoding, Generator.BATCH);
    }

    /** @param atOnce most answers that are made at a time */
    public Assistant(LanguageModel model, Decoding decoding, int atOnce) {
        this.model = model;
        this.encoder = model.encoder(Integer.MAX_VALUE);
        this.generator = new Generator(model.decoder(), model.stops()::contains, atOnce);
        this.decoding = decoding;
    }

    @Override
    public String reply(List<Message> chat) {
        return answers(List.of(chat), new long[] {decoding.seed()}).get(0).text();
    }

    /**
     * A generated answer.
     *
     * @param text without template tokens, trimmed
     * @param finish {@code stop} where the model ended its turn, {@code length} where the answer was cut
     * @param tokens number of generated tokens, including the one that ended the turn
     */
    public record Answer(String text, String finish, int tokens) {
        public static final String STOP = "stop";
        public static final String LENGTH = "length";
    }

    /**
     * One answer to each conversation, in their order.
     *
     * @param seeds one for each; equal seeds give equal answers whatever the batch
     */
    public List<Answer> answers(List<List<Message>> chats, long[] seeds) {
        return answers(chats, seeds, Listener.NONE);
    }

    /** Is told of answers while they are made; of one thing at a time. */
    public interface Listener {
        /** Nobody. */
        Listener NONE = new Listener() {};

        /** A token is made. */
        default void token() {}

        /** The answer to a conversation, counted from 0, is there. */
        default void answered(int number, Answer answer) {}
    }

    /** The same, told as they come. */
    public List<Answer> answers(List<List<Message>> chats, long[] seeds, Listener listener) {
        List<long[]> prompts = chats.stream().map(encoder::prompt).toList();
        Generator.Listener tokens = new Generator.Listener() {
            @Override
            public void chosen(int row, long token) {
                listener.token();
            }

            @Override
            public void ended(int row, long[] all) {
                listener.answered(row, answer(all));
            }
        };
        return generator.answers(prompts, decoding, seeds, tokens).stream()
                .map(this::answer)
                .toList();
    }

    /**
     * Checks that a conversation can be answered.
     *
     * @throws org.selgen.data.BadInput if the chat template refuses it, or it is too long
     */
    public void check(List<Message> chat) {
        encoder.prompt(chat);
    }

    /** Answers one conversation; the listener gets each piece of text as soon as it is complete. */
    public Answer stream(List<Message> chat, Consumer<String> listener) {
        List<Long> tokens = new ArrayList<>();
        StringBuilder sent = new StringBuilder();
        Generator.Listener pieces = new Generator.Listener() {
            @Override
            public void chosen(int row, long token) {
                tokens.add(token);
                String text = text(tokens.stream().mapToLong(Long::longValue).toArray());
                // a character may need several tokens; until it is complete it is decoded as U+FFFD
                if (text.length() > sent.length() && !text.endsWith("\uFFFD")) {
                    listener.accept(text.substring(sent.length()));
                    sent.setLength(0);
                    sent.append(text);
                }
            }
        };
        long[] all = generator
                .answers(List.of(encoder.prompt(chat)), decoding, new long[] {decoding.seed()}, pieces)
                .get(0);
        return answer(all);
    }

    private Answer answer(long[] tokens) {
        boolean stopped = tokens.length > 0 && model.stops().contains(tokens[tokens.length - 1]);
        return new Answer(text(tokens).strip(), stopped ? Answer.STOP : Answer.LENGTH, tokens.length);
    }

    private String text(long[] tokens) {
        boolean stopped = tokens.length > 0 && model.stops().contains(tokens[tokens.length - 1]);
        return model.tokenizer().decodePlain(stopped ? Arrays.copyOf(tokens, tokens.length - 1) : tokens);
    }
}
