package org.selgen.cluster;

import java.io.Serializable;

/** What a task does with its item, on an executor. */
@FunctionalInterface
public interface TaskWork<I, O> extends Serializable {
    O apply(I item) throws Exception;
}
