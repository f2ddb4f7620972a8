package org.selgen.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.selgen.lm.Sequence;

/** Rows and prompts of random tokens. */
final class Workload {
    private final Random random = new Random(1);
    private final long vocabulary;

    Workload(int vocabulary) {
        this.vocabulary = vocabulary;
    }

    long[] tokens(int length) {
        return random.longs(length, 6, vocabulary).toArray();
    }

    /** Rows of which all tokens are learnt. */
    List<Sequence> rows(int count, int length) {
        List<Sequence> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Sequence(tokens(length), new boolean[length]).whole());
        }
        return rows;
    }

    /** Prompts of {@code least} to {@code most} tokens. */
    List<long[]> prompts(int count, int least, int most) {
        List<long[]> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prompts.add(tokens(least + random.nextInt(most - least + 1)));
        }
        return prompts;
    }
}
