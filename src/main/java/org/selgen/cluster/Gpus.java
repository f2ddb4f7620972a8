package org.selgen.cluster;

import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.selgen.data.BadInput;
import org.selgen.tensor.Cuda;
import org.selgen.tensor.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whole GPUs, dealt out by Spark. Where {@code spark.executor.resource.gpu.amount} is set, a task that trains, answers or
 * judges by a local model asks for one of its executor's GPUs, and other tasks for none; where {@code spark.task.resource.gpu.amount} is set too,
 * every task asks for so many, as Spark does by itself.
 *
 * <p>With a native library for CUDA, whose GPUs are counted as nvidia-smi does (the launcher sets {@code CUDA_DEVICE_ORDER}), a
 * task computes on the GPU that it holds. With the one for CPUs that ships, it computes on the CPU, and a run's {@code device}
 * says so.
 */
public final class Gpus {
    public static final String EXECUTOR = "spark.executor.resource.gpu.amount";
    public static final String TASK = "spark.task.resource.gpu.amount";
    private static final String NAME = "gpu";
    private static final Logger LOG = LoggerFactory.getLogger(Gpus.class);

    private Gpus() {}

    /** One for the whole application: Spark keeps all that it has seen. */
    private static final class One {
        static final ResourceProfile GPU = new ResourceProfileBuilder()
                .require(new TaskResourceRequests().resource(NAME, 1))
                .build();
    }

    /** Refuses what no cluster can do, and two tasks on one GPU. */
    public static void check(SparkConf settings) {
        int executor = amount(settings, EXECUTOR);
        int task = amount(settings, TASK);
        if (task > executor) {
            throw new BadInput(TASK + " is " + task + " but " + EXECUTOR + ", of which a task gets its GPUs, is "
                    + (executor == 0 ? "not set" : executor) + "; set it to at least " + task);
        }
    }

    /** How many GPUs each executor asks for; 0 for none. */
    static int ofExecutor(SparkConf settings) {
        return amount(settings, EXECUTOR);
    }

    private static int amount(SparkConf settings, String key) {
        String value = settings.get(key, "0");
        if (!value.matches("[0-9]{1,6}")) {
            throw new BadInput(
                    key + " is " + value + " but must be a whole number: a run has a whole GPU, since two would"
                            + " share its memory; change it in --conf or the properties file");
        }
        return Integer.parseInt(value);
    }

    /** How many tasks of {@link #request} can be done at once by the executors that there are now; at least one. */
    public static long slots(JavaSparkContext spark) {
        SparkConf settings = spark.getConf();
        int each = amount(settings, EXECUTOR);
        if (each == 0) {
            SparkContext sc = spark.sc();
            int now = sc.maxNumConcurrentTasks(sc.resourceProfileManager().defaultResourceProfile());
            return slots(settings)
                    .orElse(now > 0 ? now : Math.max(1, spark.defaultParallelism())); // 2 at least, of a cluster
        }
        int executors = spark.sc().statusTracker().getExecutorInfos().length - 1; // the driver is among them
        return Math.max(1, (long) executors * each / Math.max(1, amount(settings, TASK)));
    }

    /** The same by settings alone, of a master that is this machine; none of a cluster. */
    public static OptionalLong slots(SparkConf settings) {
        OptionalInt cores = LocalMaster.cores(settings);
        return cores.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(1, settings.getInt("spark.default.parallelism", cores.getAsInt())));
    }

    /** Processor cores that an executor is given, of those that its machine has. */
    static int cores(SparkConf settings) {
        int all = Runtime.getRuntime().availableProcessors();
        return (int) Math.min(all, slots(settings).orElse(settings.getInt("spark.executor.cores", all)));
    }

    /** The same tasks, each with a GPU of its own where executors have any. */
    static <T> JavaRDD<T> request(JavaRDD<T> tasks) {
        SparkConf settings = tasks.context().getConf();
        boolean stage = amount(settings, EXECUTOR) > 0 && amount(settings, TASK) == 0;
        return stage ? tasks.withResources(One.GPU) : tasks;
    }

    /**
     * A GPU by PyTorch's name.
     *
     * @throws BadInput if the address is no number, as of a part of a GPU
     */
    public static String device(String address) {
        if (!address.matches("[0-9]{1,3}")) {
            throw new BadInput("the worker announces the GPU '" + address + "' but must announce numbers, as nvidia-smi"
                    + " counts GPUs; correct its discovery script");
        }
        return "cuda:" + address;
    }

    /** Does the work of this task, on the GPU that it holds if any, and looks at that meanwhile. */
    static <O> TaskResult<O> onHeldGpu(Callable<O> work) {
        TaskContext task = TaskContext.get();
        ResourceInformation held = task.resourcesJMap().get(NAME);
        if (held == null) {
            return TaskResult.of(work);
        }
        String first = held.addresses()[0];
        String all = String.join(",", held.addresses());
        LOG.info("gpu={} task={} begins", all, task.taskAttemptId());
        try (GpuMonitor watch = GpuMonitor.begin(NvidiaSmi.HERE, first, GpuMonitor.PAUSE)) {
            return TaskResult.of(() -> Device.on(Cuda.built() ? device(first) : Device.CPU, work))
                    .withGpu(watch.result());
        } finally {
            LOG.info("gpu={} task={} ends", all, task.taskAttemptId());
        }
    }
}
