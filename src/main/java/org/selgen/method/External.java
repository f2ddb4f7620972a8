package org.selgen.method;

import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.Run;

/**
 * An adapter or a whole model that other tools have made. It is asked, judged and scored as one run, whatever the seeds, and
 * never trained: it has no loss and is no {@link Method}.
 *
 * @param adapter folder of an adapter in PEFT's format, on the experiment's base model; empty for a model
 * @param model folder of a model, or its name as for the experiment's; empty for an adapter
 * @param name what tables call it: letters, digits, dot, dash and underscore
 * @param base what the adapter's configuration calls the experiment's base model, where it has another name there
 */
public record External(
        @Default("''") String adapter,
        @Default("''") String model,
        String name,
        @Default("''") String base) implements Candidate {
    public External {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new BadInput(
                    "external.name is '" + name + "' but must be letters, digits, '.', '-' and '_'; change it");
        }
        if (name.equals(Run.BASE) || name.equals("standard")) {
            throw new BadInput(
                    "external.name is '" + name + "', which the tables call a run of selgen's own; change it");
        }
        if (adapter.isEmpty() == model.isEmpty()) {
            throw new BadInput("external '" + name + "' has " + (adapter.isEmpty() ? "neither" : "both")
                    + " adapter and" + " model, but must have one of the two; change it");
        }
        if (adapter.isEmpty() && !base.isEmpty()) {
            throw new BadInput(
                    "external '" + name + "' is a model with a base, which adapters alone have; take it out");
        }
    }

    /** How it differs from others, as the table runs has it. */
    public String knobs() {
        return "name=" + name;
    }
}
