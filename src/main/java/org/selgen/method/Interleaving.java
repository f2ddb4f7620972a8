package org.selgen.method;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.RangeCheck;
import org.selgen.lm.CausalLM;

/**
 * Fine-tune on the task rows with a few others mixed in.
 * <pre>  L = CE(T ∪ S),   S: round(share · rows of T) of the proxy rows, chosen at random, the same for every seed </pre>
 * An epoch is a pass over T ∪ S, so it has more steps than that of other methods. For what the source mixes in, general
 * instructions, name a dataset of them in {@code data.proxy}.
 *
 * <p>Source: Kaczer et al. 2025 (arXiv 2508.06249), interleaving; its 5 % are those of random rows there. Its other choice, by
 * the gap of likelihoods between a misaligned and the aligned model, is not here. Differs from {@link Mixed}, where each step
 * has proxy rows beside its task rows and all of them are used.
 *
 * @param share rows mixed in for each task row, 0 to 10; 0 is the standard method
 */
public record Interleaving(float share) implements Method {
    private static final long CHOICE = 20260101;
    private static final int MOST = 10;

    public Interleaving {
        RangeCheck.within(0, MOST, share, "interleaving.share");
    }

    @Override
    public List<Example> taught(List<Example> task, List<Example> proxy) {
        int many = Math.round(share * task.size());
        if (many == 0) {
            return task;
        }
        if (many > proxy.size()) {
            throw new BadInput("interleaving.share is " + share + ", which is " + many + " rows beside " + task.size()
                    + " task rows, but there are " + proxy.size()
                    + " proxy rows; lower it, or name more in data.proxy");
        }
        List<Example> pool = new ArrayList<>(proxy);
        Collections.shuffle(pool, new Random(CHOICE));
        List<Example> rows = new ArrayList<>(task);
        rows.addAll(pool.subList(0, many));
        return List.copyOf(rows);
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        return new Standard().loss(lm, step);
    }
}
