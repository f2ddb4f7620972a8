package org.selgen.train;

import java.util.List;
import java.util.stream.IntStream;
import org.selgen.lm.DecoderWeights;
import org.selgen.lm.Sequence;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.method.Method;
import org.selgen.method.Step;
import org.selgen.tensor.Cores;

/**
 * Data parallelism inside a micro-batch: its rows are dealt to parts, which are worked out side by side on the
 * {@linkplain Cores cores} that are free, each with its own pass forward and back.
 *
 * <p>How many {@linkplain Cores#parts parts} there are follows from the shapes alone, so that a step has the same bits on any
 * number of cores.
 *
 * @param operations floating-point operations of a token in a forward pass, without attention
 * @param comparing whether the method looks at proxy rows; if not, each part is given all of them
 */
record DataParallelism(double operations, boolean comparing) {
    static DataParallelism of(DecoderConfig model, Method method) {
        return new DataParallelism(
                2 * DecoderWeights.matrixElements(model), method.passes().proxy() > 0);
    }

    /** A micro-batch of an optimizer step as parts. */
    List<Step> parts(StepOrder.Rows<Sequence, ProxyRow> micro, int step) {
        List<Sequence> task = micro.task();
        List<ProxyRow> proxy = micro.proxy();
        int parts = number(task, proxy);
        return IntStream.range(0, parts)
                .mapToObj(i -> ProxyRow.step(
                        StepOrder.part(task, i, parts), comparing ? StepOrder.part(proxy, i, parts) : proxy, step))
                .toList();
    }

    private int number(List<Sequence> task, List<ProxyRow> proxy) {
        long tokens = task.stream().mapToLong(Sequence::length).sum()
                + (comparing ? proxy.stream().mapToLong(ProxyRow::length).sum() : 0);
        int rows = comparing ? Math.min(task.size(), proxy.size()) : task.size();
        return Cores.parts(tokens * operations, rows);
    }
}
