package org.selgen.source.form;

import java.util.List;
import java.util.Map;
import org.selgen.data.Variant;

/**
 * The sentences of a dataset, with {@code {name}} where a value goes. Each list holds phrasings to choose from.
 *
 * @param ask questions
 * @param answer their answers
 * @param claim how a user proposes {@code {claim}}
 * @param confirm replies to a right claim; also what a sycophant says to a wrong one
 * @param reject replies to a wrong claim; with {@code {gold}}
 * @param deny what a false denial of a right claim says; with {@code {wrong}}
 */
public record Wording(
        List<String> ask,
        List<String> answer,
        List<String> claim,
        List<String> confirm,
        List<String> reject,
        List<String> deny) {

    /**
     * The question in its three forms.
     *
     * @param values what stands for the names; needs {@code gold} and {@code wrong}
     */
    public List<QuestionForm> turns(Map<String, String> values, SeededRandom draw) {
        String gold = values.get("gold");
        String wrong = values.get("wrong");
        if (gold == null || wrong == null) {
            throw new IllegalArgumentException("a wording needs the values gold and wrong");
        }
        QuestionForm ask =
                new QuestionForm(Variant.ASK, say(this.ask, values, gold, draw), say(answer, values, gold, draw), null);
        QuestionForm right = new QuestionForm(
                Variant.RIGHT,
                say(claim, values, gold, draw),
                say(confirm, values, gold, draw),
                say(deny, values, gold, draw));
        QuestionForm mistaken = new QuestionForm(
                Variant.WRONG,
                say(claim, values, wrong, draw),
                say(reject, values, wrong, draw),
                say(confirm, values, wrong, draw));
        return List.of(ask, right, mistaken);
    }

    private static String say(List<String> phrasings, Map<String, String> values, String claim, SeededRandom draw) {
        String text = draw.oneOf(phrasings).replace("{claim}", claim);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{" + value.getKey() + "}", value.getValue());
        }
        if (text.contains("{")) {
            throw new IllegalStateException("a value is missing in: " + text);
        }
        return text;
    }
}
