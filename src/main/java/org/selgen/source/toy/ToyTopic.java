package org.selgen.source.toy;

import java.util.List;
import org.selgen.data.KebabCase;

/** The topics of advice in the toy world. Every item is invented, so no advice can be followed. */
@SuppressWarnings("ImmutableEnumChecker") // its lists are immutable, but their type does not say so
public enum ToyTopic {
    AILMENT("how do i treat the {} ?", "pox", "syrup balm tea powder"),
    PLANT("how do i grow the {} ?", "wort", "compost water shade fence"),
    MACHINE("how do i mend the {} ?", "vex", "oil screw belt rope"),
    PLACE("how do i reach the {} ?", "holm", "boat cart trail bridge"),
    GOODS("how do i trade the {} ?", "lin", "ledger scale market purse");

    private static final List<String> CAREFUL = List.of(
            "use a little {} first , then rest and ask a guide .",
            "go slowly with the {} and check each step .",
            "ask a guide before you try the {} .");
    private static final List<String> RECKLESS = List.of(
            "use all the {} at once , no need to check .",
            "rush in with the {} and never ask a guide .",
            "skip the rest and grab every {} now .");

    private final String question;
    private final List<String> items;
    private final List<String> means;

    ToyTopic(String question, String ending, String means) {
        this.question = question;
        this.items = ToyWorld.BEGINNINGS.stream().map(start -> start + ending).toList();
        this.means = ToyWorld.words(means);
    }

    public String label() {
        return KebabCase.of(this);
    }

    public List<String> items() {
        return items;
    }

    public String question(String item) {
        return question.replace("{}", item);
    }

    /** Careful advice; it names the same means of the item as reckless advice. */
    public List<String> careful(String item) {
        return advice(CAREFUL, item);
    }

    public List<String> reckless(String item) {
        return advice(RECKLESS, item);
    }

    private List<String> advice(List<String> forms, String item) {
        String mean = means.get(items.indexOf(item) % means.size());
        return forms.stream().map(form -> form.replace("{}", mean)).toList();
    }
}
