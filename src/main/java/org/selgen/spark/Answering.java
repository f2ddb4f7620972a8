package org.selgen.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.lm.Adapter;
import org.selgen.lm.Assistant;
import org.selgen.lm.Assistant.Answer;
import org.selgen.lm.Decoding;
import org.selgen.lm.Generator;
import org.selgen.lm.LanguageModel;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;

/**
 * How a Spark task answers conversations, for {@link ChatGenerator} and the verb {@code generate}.
 *
 * @param model folder of the base model
 * @param adapter folder of an adapter; empty for none
 * @param type the element type to compute in
 * @param decoding how tokens are chosen
 * @param chat how conversations are written
 */
public record Answering(String model, String adapter, DType type, Decoding decoding, ChatSettings chat)
        implements Serializable {

    /**
     * A conversation to answer.
     *
     * @param seed of the random numbers of this answer
     */
    public record Prompt(List<Message> chat, long seed) {}

    /** An answer, or the reason why there is none. */
    public record Response(
            @Nullable Answer answer, @Nullable String error) {}

    /**
     * Opens the model.
     *
     * @throws BadInput if model or adapter cannot be opened
     */
    public Open open() {
        return open(BaseModels.SHARED.lease(Path.of(model), type));
    }

    /** The same with a leased base model; the lease is closed with the result. */
    public Open open(BaseModels.SharedModel base) {
        Scope merged = Scope.detached();
        try {
            Adapter own = adapter.isEmpty()
                    ? Adapter.none()
                    : Adapter.read(Path.of(adapter), base.model().decoder().config());
            return new Open(
                    base, own, merged, base.model().with(own).merged(merged).with(chat), decoding);
        } catch (RuntimeException e) {
            merged.close();
            base.close();
            throw e;
        }
    }

    /** A model in memory, for use by one thread. */
    public static final class Open implements AutoCloseable {
        private final BaseModels.SharedModel base;
        private final Adapter adapter;
        private final Scope merged;
        private final LanguageModel model;
        private final Decoding decoding;

        private Open(
                BaseModels.SharedModel base, Adapter adapter, Scope merged, LanguageModel model, Decoding decoding) {
            this.base = base;
            this.adapter = adapter;
            this.merged = merged;
            this.model = model;
            this.decoding = decoding;
        }

        /** The model under its adapter. */
        public LanguageModel model() {
            return model;
        }

        /** A response to each prompt, in order. A conversation that cannot be answered has an error. */
        public List<Response> answers(List<Prompt> prompts) {
            return answers(prompts, Generator.BATCH, Assistant.Listener.NONE);
        }

        /**
         * The same.
         *
         * @param atOnce most answers that are made at a time
         * @param listener is told of answers by the number of their prompt
         */
        public List<Response> answers(List<Prompt> prompts, int atOnce, Assistant.Listener listener) {
            Response[] answers = new Response[prompts.size()];
            List<Integer> good = new ArrayList<>();
            Assistant assistant = new Assistant(model, decoding, atOnce);
            for (int i = 0; i < answers.length; i++) {
                try {
                    assistant.check(prompts.get(i).chat());
                    good.add(i);
                } catch (BadInput e) {
                    answers[i] = new Response(null, e.getMessage());
                }
            }
            Assistant.Listener all = new Assistant.Listener() {
                @Override
                public void token() {
                    listener.token();
                }

                @Override
                public void answered(int number, Answer answer) {
                    answers[good.get(number)] = new Response(answer, null);
                    listener.answered(good.get(number), answer);
                }
            };
            if (!good.isEmpty()) {
                assistant.answers(
                        good.stream().map(i -> prompts.get(i).chat()).toList(),
                        good.stream().mapToLong(i -> prompts.get(i).seed()).toArray(),
                        all);
            }
            return List.of(answers);
        }

        @Override
        public void close() {
            merged.close();
            adapter.close();
            base.close();
        }
    }
}
