package org.selgen.cluster;

import java.io.IOException;
import java.util.List;

/** What the driver does with what tasks come to, on the thread that waits for them. */
public interface TaskEnds<I, O> {
    /** Keeps results, as they come. */
    void keep(List<CompletedTask<I, O>> some) throws IOException;

    /** A task has failed for good; no other is concerned. */
    void failed(CompletedTask<I, O> task, Throwable why) throws IOException;

    /** The item as it is tried again after too little memory. */
    default I smaller(I item) {
        return item;
    }
}
