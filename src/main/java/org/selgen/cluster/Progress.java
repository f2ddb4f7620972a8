package org.selgen.cluster;

import java.io.Serializable;

/**
 * What a task on an executor tells the driver while it works.
 *
 * @param stage {@code train}, {@code generate} or {@code judge}
 * @param task which task of the stage, as a run's id
 * @param before steps or rows that were done when the task began, by an attempt before it
 * @param done steps or rows done, those included
 * @param total steps or rows there are
 * @param loss training loss of the last step, nats per token; NaN outside training
 * @param tokens tokens read or written since the task began
 */
public record Progress(String stage, String task, long before, long done, long total, double loss, long tokens)
        implements Serializable {}
