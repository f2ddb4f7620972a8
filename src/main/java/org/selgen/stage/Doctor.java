package org.selgen.stage;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.selgen.cluster.Gpus;
import org.selgen.file.ByteSize;
import org.selgen.file.DiskSpace;
import org.selgen.hub.ModelLocator;
import org.selgen.lake.Lake;
import org.selgen.lake.Views;
import org.selgen.tensor.Cores;
import org.selgen.tensor.Cuda;
import org.selgen.train.TrialStep;

/** Looks at what a machine and a lake have, and tries a training step. */
public record Doctor(Lake lake, String version) {
    /**
     * Tells what it finds, each by its name.
     *
     * @param model to train one step of
     */
    public void examine(String model, BiConsumer<String, String> say) throws IOException {
        say.accept("selgen", version);
        say.accept("java", Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        say.accept("memory", memory());
        say.accept(
                "spark",
                lake.spark().version() + " on " + lake.spark().sparkContext().master());
        say.accept(
                "engine",
                "PyTorch " + Cuda.version() + " through DJL, device cpu, " + Cores.count() + " core(s) for tasks");
        say.accept("threads", threads());
        say.accept("lake", lake.root() + (Files.exists(lake.root()) ? "" : " (not there yet)"));
        say.accept("disk", ByteSize.binary(DiskSpace.free(lake.root())) + " free where the lake is");
        for (Map.Entry<String, Views.Rows> table : Views.tables(lake).entrySet()) {
            say.accept("  " + table.getKey(), table.getValue().get().count() + " rows");
        }
        say.accept(
                "training", TrialStep.of(ModelLocator.inProject(lake.models()).find(model)));
    }

    private String threads() {
        String spin = System.getenv("GOMP_SPINCOUNT");
        long slots = Gpus.slots(new JavaSparkContext(lake.spark().sparkContext()));
        return slots + " task slot(s) of Spark, 1 native thread in each computation, GOMP_SPINCOUNT "
                + (spin == null ? "not set; jobs/selgen sets it" : spin);
    }

    private static String memory() {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return ByteSize.binary(machine.getTotalMemorySize()) + ", of which Java may take "
                + ByteSize.binary(Runtime.getRuntime().maxMemory());
    }
}
