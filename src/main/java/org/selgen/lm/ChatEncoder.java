package org.selgen.lm;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.selgen.chat.ChatTemplate;
import org.selgen.chat.ChatTemplate.Answered;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.template.Rendering.Span;
import org.selgen.tokenizer.PlacedTokens;
import org.selgen.tokenizer.Tokenizer;

/**
 * Turns conversations into tokens: the chat template's text, as a whole, through the tokenizer. Which tokens are learnt is told by
 * where they stand in that text: those that cover a character of the answer or of the token that ends its turn; or, where the
 * template marks what is learnt by {@code generation} blocks, of these.
 */
public final class ChatEncoder {
    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final Set<Long> stops;
    private final int context;
    private final OptionalLong beginning;

    /**
     * @param stops tokens that end an answer
     * @param context most tokens of a row; a longer row is refused, never cut
     */
    public ChatEncoder(Tokenizer tokenizer, ChatTemplate template, Set<Long> stops, int context) {
        this.tokenizer = tokenizer;
        this.template = template;
        this.stops = stops;
        this.context = context;
        this.beginning = tokenizer.beginning();
    }

    /** The tokens of a conversation, up to where the assistant's answer begins. */
    public long[] prompt(List<Message> chat) {
        long[] ids = tokenizer.encode(template.prompt(chat));
        checkBeginning(ids);
        if (ids.length >= context) {
            throw tooLong(chat, ids.length, "shorten it");
        }
        return ids;
    }

    /**
     * A conversation and its answer. It ends with the last token that is learnt.
     *
     * @throws BadInput if it is too long, the template refuses it, or no token would be learnt
     */
    public Sequence answered(List<Message> chat, String answer) {
        Answered answered = template.answered(chat, answer);
        PlacedTokens tokens = tokenizer.place(answered.text());
        checkBeginning(tokens.ids());
        checkBorder(tokens, answered);
        List<Span> learnt = answered.learnt().isEmpty()
                ? List.of(new Span(answered.begin(), tokens.ends()[stop(tokens, answered)]))
                : answered.learnt();
        boolean[] mask = new boolean[tokens.ids().length];
        int length = 0;
        for (int t = 1; t < mask.length; t++) {
            int token = t;
            mask[t] = learnt.stream().anyMatch(span -> tokens.covers(token, span.begin(), span.end()));
            length = mask[t] ? t + 1 : length;
        }
        if (length == 0) {
            throw new BadInput("no token of this row would be learnt: the chat template (" + template.source()
                    + ") marks none; mend its generation blocks, or take them out");
        }
        if (length > context) {
            throw tooLong(chat, length, "shorten it, or raise training.maxTokens up to the model's context");
        }
        return new Sequence(
                Arrays.copyOf(tokens.ids(), length),
                Arrays.copyOf(mask, length),
                around(chat, tokens, answered.text(), first(mask)));
    }

    private static int first(boolean[] mask) {
        int t = 0;
        while (!mask[t]) {
            t++;
        }
        return t;
    }

    /**
     * What stands around the user's words; none where the template does not write them as they are.
     *
     * @param answer the first token that is learnt
     */
    private static Sequence.Template around(List<Message> chat, PlacedTokens tokens, String text, int answer) {
        List<String> said = chat.stream()
                .filter(turn -> turn.role().equals(Message.USER))
                .map(turn -> turn.content().strip())
                .toList();
        String last = said.isEmpty() ? "" : said.get(said.size() - 1);
        int behind = text.lastIndexOf(last, tokens.ends()[answer - 1] - last.length()) + last.length();
        int begin = last.isEmpty() ? -1 : text.indexOf(said.get(0));
        if (begin < 0 || behind < begin + last.length()) {
            return Sequence.Template.NONE;
        }
        int prefix = 0;
        while (tokens.ends()[prefix] <= begin) {
            prefix++;
        }
        int from = prefix;
        while (from < answer && tokens.begins()[from] < behind) {
            from++;
        }
        return new Sequence.Template(prefix, from, answer);
    }

    /** The token that ends the answer's turn: the first behind its content that stops generation. */
    private int stop(PlacedTokens tokens, Answered answered) {
        for (int t = 0; t < tokens.ids().length; t++) {
            if (tokens.ends()[t] > answered.end() && stops.contains(tokens.ids()[t])) {
                return t;
            }
        }
        throw new BadInput("the chat template (" + template.source() + ") ends an answer with '"
                + template.ending().replace("\n", "\\n")
                + "', in which no token stops generation, so a model would never"
                + " learn to stop; write {{ eos_token }} behind the content, or name its token in the eos_token_id of"
                + " generation_config.json");
    }

    /** Where a template of an experiment ends a prompt, a token ends too, or a model would learn another one than it is asked for. */
    private void checkBorder(PlacedTokens tokens, Answered answered) {
        int begin = answered.begin();
        String text = answered.text();
        boolean told = !answered.learnt().isEmpty() || template.origin() != ChatTemplate.Origin.SETTINGS;
        if (told || begin == text.length() || Character.isWhitespace(text.charAt(begin))) {
            return;
        }
        long[] prompt = tokenizer.encode(text.substring(0, begin));
        int same = Arrays.mismatch(prompt, tokens.ids());
        if (same >= 0 && same < prompt.length) {
            throw new BadInput("the chat template (" + template.source() + ") ends a prompt with the token '"
                    + tokenizer.decode(new long[] {prompt[same]}).replace("\n", "\\n")
                    + "', which is another one with the answer behind it, '"
                    + tokenizer.decode(new long[] {tokens.ids()[same]}).replace("\n", "\\n")
                    + "', so a model would learn another token than it is asked for; end it with a line break or a"
                    + " special token");
        }
    }

    /** A model that is used to a beginning token sees exactly one. */
    private void checkBeginning(long[] ids) {
        if (beginning.isEmpty()) {
            return;
        }
        long begin = beginning.getAsLong();
        if (ids.length > 1 && ids[0] == begin && ids[1] == begin) {
            throw new BadInput("the chat template (" + template.source() + ") writes the beginning token " + word(begin)
                    + " twice; take one out");
        }
        boolean ours = template.origin() != ChatTemplate.Origin.FOLDER; // a folder's own is right as it is
        if (ours && (ids.length == 0 || ids[0] != begin)) {
            throw new BadInput("the chat template (" + template.source() + ") does not begin with the beginning token "
                    + word(begin) + ", which the model expects; write {{ bos_token }} at its beginning");
        }
    }

    private String word(long token) {
        return tokenizer.decode(new long[] {token});
    }

    private BadInput tooLong(List<Message> chat, int length, String mend) {
        String text = chat.get(chat.size() - 1).content();
        String start = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return new BadInput(
                "The row '" + start + "' has " + length + " tokens but at most " + context + " fit; " + mend);
    }
}
