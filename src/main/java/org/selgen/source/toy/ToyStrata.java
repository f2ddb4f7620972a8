package org.selgen.source.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.selgen.source.form.SeededRandom;

/** Facts grouped by their answer, for sampling: the weight of an answer with n facts is √n. */
public final class ToyStrata {
    private final List<List<ToyFact>> strata;
    private final double[] weights;

    public ToyStrata(List<ToyFact> facts) {
        strata = new ArrayList<>(facts.stream()
                .collect(Collectors.groupingBy(ToyFact::answer, TreeMap::new, Collectors.toList()))
                .values());
        weights = strata.stream().mapToDouble(s -> Math.sqrt(s.size())).toArray();
    }

    public ToyFact next(SeededRandom draw) {
        return draw.oneOf(strata.get(draw.weighted(weights)));
    }
}
