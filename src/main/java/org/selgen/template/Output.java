package org.selgen.template;

import java.util.ArrayList;
import java.util.List;
import org.selgen.template.Rendering.Span;
import org.selgen.template.python.Refused;
import org.selgen.template.python.StepBudget;

/** The text a block writes. */
final class Output {
    private final StringBuilder text = new StringBuilder();
    private final List<Span> learnt = new ArrayList<>();
    private final StepBudget budget;
    private final boolean whole;
    private int begun = -1; // of a generation block; -1 outside

    /** @param whole whether it is the text of the template, and not one that an expression may still change */
    Output(StepBudget budget, boolean whole) {
        this.budget = budget;
        this.whole = whole;
    }

    void write(String more) {
        budget.characters(more.length());
        if (text.length() + (long) more.length() > StepBudget.LONGEST) {
            budget.characters(text.length() + (long) more.length());
        }
        text.append(more);
    }

    /** What is written from here on is learnt. */
    void beginLearnt() {
        if (!whole || begun >= 0) {
            throw new Refused("a 'generation' block stands within another one, or a macro, call, filter or set block,"
                    + " where its place in the text is not known");
        }
        begun = text.length();
    }

    void endLearnt() {
        learnt.add(new Span(begun, text.length()));
        begun = -1;
    }

    String text() {
        return text.toString();
    }

    Rendering rendering() {
        return new Rendering(text.toString(), List.copyOf(learnt));
    }
}
