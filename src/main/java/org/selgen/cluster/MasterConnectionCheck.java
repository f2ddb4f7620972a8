package org.selgen.cluster;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.package$;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.util.Utils;
import org.selgen.data.BadInput;
import org.selgen.data.Failure;
import scala.Option;

/**
 * Whether a standalone cluster's master lets this driver in. Spark itself tries for a minute, and then ends with the trace of
 * something else.
 */
public final class MasterConnectionCheck {
    private static final String PATIENCE = "10s";

    private MasterConnectionCheck() {}

    /**
     * Calls on the master; does nothing where the cluster is not a standalone one.
     *
     * @throws BadInput if no master answers, or none takes this driver's secret
     */
    public static void check(SparkConf settings) {
        String masters = settings.get("spark.master");
        if (!masters.startsWith("spark://")) {
            return;
        }
        SparkConf patient = settings.clone()
                .setIfMissing("spark.rpc.lookupTimeout", PATIENCE)
                .set("spark.network.timeout", PATIENCE)
                .set("spark.executor.heartbeatInterval", "1s");
        List<String> reasons = new ArrayList<>();
        RpcEnv caller = RpcEnv.create("caller", "localhost", -1, patient, secrets(patient), true);
        try {
            for (String master : Utils.parseStandaloneMasterUrls(masters)) {
                try {
                    caller.setupEndpointRef(RpcAddress.fromSparkURL(master), "Master");
                    return;
                } catch (Exception e) { // of Scala, unannounced
                    reasons.add(Failure.reason(e));
                }
            }
        } finally {
            caller.shutdown();
            caller.awaitTermination();
        }
        throw new BadInput("the master " + masters + " does not let this driver in (" + reasons.get(reasons.size() - 1)
                + "); start it, correct --master, or give the cluster's spark.authenticate settings and secret in a"
                + " --properties-file");
    }

    private static SecurityManager secrets(SparkConf settings) {
        SecurityManager secrets = new SecurityManager(settings, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE());
        if (secrets.isAuthenticationEnabled() && !settings.contains("spark.authenticate.secret")) {
            throw new BadInput(
                    "spark.authenticate is true but there is no spark.authenticate.secret; put it into a file"
                            + " that only you can read, and give that as --properties-file");
        }
        return secrets;
    }
}
