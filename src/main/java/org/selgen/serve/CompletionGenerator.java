package org.selgen.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.selgen.data.BadInput;
import org.selgen.lm.StreamingGenerator;
import org.selgen.lm.StreamingGenerator.Result;
import org.selgen.lm.StreamingGenerator.StreamedToken;
import org.selgen.serve.CompletionRequest.Form;

/** Generates the answers to one request. */
record CompletionGenerator(StreamingGenerator model, CompletionReply reply) {
    /** The JSON of all answers. */
    String whole() {
        CompletionRequest request = reply.request();
        long[] prompt = prompt();
        List<CompletionReply.Whole> answers = new ArrayList<>();
        for (int i = 0; i < request.n(); i++) {
            StringBuilder text = new StringBuilder();
            List<StreamedToken> made = new ArrayList<>();
            Result result = answer(prompt, i, (piece, tokens) -> {
                text.append(piece);
                made.addAll(tokens);
            });
            answers.add(new CompletionReply.Whole(text.toString(), made, result));
        }
        return reply.whole(answers);
    }

    /** Server-sent events. The headers go out with the first token, so that a refused prompt still gets its status. */
    void stream(HttpExchange exchange, WriteDeadline deadline) throws IOException {
        CompletionRequest request = reply.request();
        Events events = new Events(exchange, deadline);
        long[] prompt = prompt();
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < request.n(); i++) {
            int index = i;
            boolean[] begun = new boolean[1];
            results.add(answer(prompt, i, (piece, tokens) -> {
                if (!begun[0] && request.form() == Form.CHAT) {
                    events.send(reply.first(index));
                }
                begun[0] = true;
                events.send(reply.chunk(index, piece, tokens));
            }));
            events.send(reply.end(index, results.get(index)));
        }
        if (request.usage()) {
            events.send(reply.numbers(results));
        }
        events.send("[DONE]");
        events.end();
    }

    private long[] prompt() {
        CompletionRequest request = reply.request();
        request.variables().forEach((name, value) -> {
            if (value == null || !model.writes(name, value)) {
                throw new BadInput("chat_template_kwargs is not supported here; leave it out, or start the server with "
                        + name + " " + value);
            }
        });
        return request.form() == Form.CHAT ? model.prompt(request.chat()) : model.prompt(request.text());
    }

    /** @param listener gets each piece of text with the tokens it came with */
    private Result answer(long[] prompt, int index, BiConsumer<String, List<StreamedToken>> listener) {
        CompletionRequest request = reply.request();
        StopFilter filter = new StopFilter(request.stop());
        Result result = model.generate(prompt, request.decoding(index), request.top(), token -> {
            listener.accept(filter.next(token.text()), List.of(token));
            return !filter.stopped();
        });
        String rest = filter.rest();
        if (!rest.isEmpty()) {
            listener.accept(rest, List.of());
        }
        return result;
    }
}
