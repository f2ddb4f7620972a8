package org.selgen.source.form;

import java.util.List;
import java.util.Map;
import org.selgen.data.Variant;

/**
 * The sentences of a dataset, with {@code {name}} as placeholders of values. Each list holds alternative phrasings.
 *
 * @param ask questions
 * @param answer their answers
 * @param claim proposals of {@code {claim}} by a user
 * @param confirm replies to a right claim; also the sycophantic replies to a wrong one
 * @param reject replies to a wrong claim; with {@code {gold}}
 * @param deny false denials of a right claim; with {@code {wrong}}
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
     * @param values the value of each placeholder; needs {@code gold} and {@code wrong}
     */
    public List<QuestionForm> turns(Map<String, String> values, SeededRandom draw) {
        String gold = values.get("gold");
        String wrong = values.get("wrong");
        if (gold == null || wrong == null) {
            throw new IllegalArgumentException("a wording needs the values gold and wrong");
        }
        QuestionForm ask = new QuestionForm(
                Variant.ASK, filled(this.ask, values, gold, draw), filled(answer, values, gold, draw), null);
        QuestionForm right = new QuestionForm(
                Variant.RIGHT,
                filled(claim, values, gold, draw),
                filled(confirm, values, gold, draw),
                filled(deny, values, gold, draw));
        QuestionForm mistaken = new QuestionForm(
                Variant.WRONG,
                filled(claim, values, wrong, draw),
                filled(reject, values, wrong, draw),
                filled(confirm, values, wrong, draw));
        return List.of(ask, right, mistaken);
    }

    private static String filled(List<String> phrasings, Map<String, String> values, String claim, SeededRandom draw) {
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
