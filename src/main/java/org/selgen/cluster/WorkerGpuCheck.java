package org.selgen.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.deploy.DeployMessages;
import org.apache.spark.deploy.DeployMessages.MasterStateResponse;
import org.apache.spark.deploy.master.WorkerInfo;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcTimeout;
import org.apache.spark.util.Utils;
import org.selgen.data.BadInput;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag;

/** The GPUs that a standalone cluster's workers announce. Spark itself waits without end for GPUs that no worker has. */
public final class WorkerGpuCheck {
    private static final RpcTimeout PATIENCE =
            new RpcTimeout(new FiniteDuration(10, TimeUnit.SECONDS), "spark.rpc.askTimeout");

    private WorkerGpuCheck() {}

    /**
     * Asks the master; does nothing where no GPUs are asked for, or the cluster is not a standalone one.
     *
     * @throws BadInput if no worker has as many GPUs as one executor is to have, whether free or taken
     */
    public static void check(SparkContext spark) {
        int asked = Gpus.ofExecutor(spark.conf());
        if (asked == 0 || !spark.master().startsWith("spark://")) {
            return;
        }
        List<Integer> offers = workers(spark.master()).stream()
                .filter(WorkerInfo::isAlive)
                .map(WorkerGpuCheck::gpus)
                .toList();
        int most = offers.stream().mapToInt(Integer::intValue).max().orElse(0);
        if (asked > most) {
            throw new BadInput(Gpus.EXECUTOR + " is " + asked + " but the " + offers.size() + " worker(s) of "
                    + spark.master() + " announce " + (most == 0 ? "no GPU" : "at most " + most + " each")
                    + ", so that no executor could ever start; "
                    + (most == 0 ? "" : "ask for at most " + most + ", or ")
                    + "start a worker with spark.worker.resource.gpu.amount and a discovery script");
        }
    }

    private static int gpus(WorkerInfo worker) {
        var gpu = worker.resources().get("gpu");
        return gpu.isDefined() ? gpu.get().addresses().size() : 0;
    }

    /** The workers of the master that leads. */
    private static List<WorkerInfo> workers(String masters) {
        SparkException last = new SparkException("no master of " + masters + " leads");
        for (String master : Utils.parseStandaloneMasterUrls(masters)) {
            try {
                Optional<List<WorkerInfo>> workers = query(master);
                if (workers.isPresent()) {
                    return workers.get();
                }
            } catch (SparkException e) {
                last = e; // another may answer
            }
        }
        throw new IllegalStateException(last);
    }

    /** The words of Spark's own web page of the master; empty from one that stands by. */
    private static Optional<List<WorkerInfo>> query(String master) throws SparkException {
        MasterStateResponse state = SparkEnv.get()
                .rpcEnv()
                .setupEndpointRef(RpcAddress.fromSparkURL(master), "Master")
                .askSync(
                        DeployMessages.RequestMasterState$.MODULE$,
                        PATIENCE,
                        ClassTag.<MasterStateResponse>apply(MasterStateResponse.class));
        return state.status().toString().equals("ALIVE")
                ? Optional.of(Arrays.asList(state.workers()))
                : Optional.empty();
    }
}
