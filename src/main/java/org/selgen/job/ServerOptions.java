package org.selgen.job;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.selgen.data.RangeCheck;
import org.selgen.http.ApiKey;
import org.selgen.serve.ServedAddress;
import picocli.CommandLine.Option;

/** Where a server listens, whom it answers, and how much memory an answer may take. */
final class ServerOptions {
    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen at; 0.0.0.0 lets every machine ask (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port to listen at; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(
            names = "--key-env",
            paramLabel = "NAME",
            description = "Environment variable with the key that a request must bring (default: no key).")
    private @Nullable String keyEnv;

    @Option(
            names = "--kv-memory",
            paramLabel = "MIB",
            defaultValue = "2048",
            description = "Most memory for keys and values of an answer; bounds its tokens, prompt included (default:"
                    + " ${DEFAULT-VALUE}).")
    private int kvMemory = 2048;

    InetSocketAddress address() throws IOException {
        return ServedAddress.of(host, port);
    }

    ApiKey key() {
        return keyEnv == null
                ? ApiKey.NONE
                : ApiKey.of(System.getenv(keyEnv), "the environment variable " + keyEnv, "the server's key");
    }

    /** In MiB. */
    int kvMemory() {
        RangeCheck.atLeast(1, kvMemory, "--kv-memory");
        return kvMemory;
    }
}
