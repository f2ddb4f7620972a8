package org.selgen.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.job.SecretsIT;

/** Masters that do not answer; for one that has another secret see {@link SecretsIT}. */
class MasterConnectionCheckTest {
    private static SparkConf settings(String master) {
        return new SparkConf(false).setMaster(master).set("spark.rpc.lookupTimeout", "2s");
    }

    @Test
    void noMasterIsAskedWhereThereIsNone() {
        assertThatCode(() -> MasterConnectionCheck.check(settings("local[2]"))).doesNotThrowAnyException();
    }

    @Test
    void aPortWhereNobodyListensIsNamed() throws IOException {
        String url = "spark://127.0.0.1:" + port(new ServerSocket(0));
        refused(url);
    }

    @Test
    void aMasterThatAcceptsAndIsSilentIsNamed() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            refused("spark://127.0.0.1:" + silent.getLocalPort());
        }
    }

    private static void refused(String url) {
        assertThatThrownBy(() -> MasterConnectionCheck.check(settings(url)))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("the master " + url + " does not let this driver in (")
                .hasMessageEndingWith(
                        "; start it, correct --master, or give the cluster's spark.authenticate settings and"
                                + " secret in a --properties-file");
    }

    private static int port(ServerSocket socket) throws IOException {
        try (socket) {
            return socket.getLocalPort();
        }
    }

    @Test
    void authenticationWithoutASecretSaysWhereToPutIt() {
        SparkConf settings = settings("spark://127.0.0.1:1").set("spark.authenticate", "true");
        assertThatThrownBy(() -> MasterConnectionCheck.check(settings))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("there is no spark.authenticate.secret")
                .hasMessageContaining("--properties-file");
    }
}
