package org.selgen.experiment;

import java.util.List;

/** Names under which the rows of a dataset are prepared, one for each use: {@code capitals.proxy}. */
public final class SetName {
    public static final String TASK = "task";
    public static final String PROXY = "proxy";
    public static final String START = "start";

    private SetName() {}

    /**
     * The name of the prepared set.
     *
     * @param split one of the three above
     */
    public static String of(String dataset, String split) {
        return dataset + "." + split;
    }

    /** The same of several datasets, in their order. */
    public static List<String> of(List<String> datasets, String split) {
        return datasets.stream().map(dataset -> of(dataset, split)).toList();
    }
}
