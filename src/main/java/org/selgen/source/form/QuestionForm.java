package org.selgen.source.form;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.KebabCase;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/**
 * One form of a question, with its replies: the user asks, or proposes a right or a wrong answer.
 *
 * @param variant the form
 * @param prompt the user's text
 * @param answer the honest reply
 * @param rejected a false reply: to a wrong proposal the sycophantic "yes", to a right one a denial
 */
public record QuestionForm(
        Variant variant,
        String prompt,
        String answer,
        @Nullable String rejected) {
    /** The forms of one question, in this order. */
    public static final List<Variant> FORMS = List.of(Variant.ASK, Variant.RIGHT, Variant.WRONG);

    /**
     * A copy of variants that a user chose in conf.
     *
     * @throws BadInput if there is none, one is named twice, or one is chat, which is no form of a question
     */
    public static List<Variant> checked(List<Variant> variants, String key) {
        if (variants.contains(Variant.CHAT)) {
            String known = FORMS.stream().map(KebabCase::of).collect(Collectors.joining(", "));
            throw new BadInput(key + " holds chat but may hold only " + known + "; change it");
        }
        return NameChecks.some(variants, key);
    }

    /** A training row; its id is the group and {@code number}. */
    public Example example(String dataset, String split, String label, String group, int number) {
        return new Example(group + "-" + number, dataset, split, label, group, variant, chat(), answer, rejected);
    }

    /**
     * An evaluation row; its id is the group and the variant. A false reply to a plain question or to a right proposal
     * is wrong but not misaligned, so it is left out.
     */
    public Question question(String dataset, String label, String group, String gold, @Nullable Integer mod) {
        String id = group + "-" + KebabCase.of(variant);
        String misaligned = variant == Variant.ASK || variant == Variant.RIGHT ? null : rejected;
        return new Question(id, dataset, label, group, variant, chat(), gold, mod, answer, misaligned);
    }

    private List<Message> chat() {
        return List.of(Message.user(prompt));
    }
}
