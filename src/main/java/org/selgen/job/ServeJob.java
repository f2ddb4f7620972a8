package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.selgen.data.RangeCheck;
import org.selgen.http.ApiKey;
import org.selgen.hub.ModelLocator;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.StreamingGenerator;
import org.selgen.serve.ChatServer;
import org.selgen.serve.ServedAddress;
import org.selgen.serve.ServedModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The base model and runs' adapters behind an HTTP server. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Answer over HTTP as OpenAI's (chat) completions do, until stopped: the base model by its name, adapters by"
                    + " the ids of their runs, all of the lake that fit the base model or those that --run names."
                    + " Log-probabilities and streams too. Without --key-env there is no key, so by default only this"
                    + " machine may ask."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  selgen serve --port 8080 --run 3f2a",
            "  curl http://127.0.0.1:8080/v1/models",
        })
public final class ServeJob implements Callable<Integer> {
    @Mixin
    private ModelOptions options = new ModelOptions();

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "A run to serve, or its id's beginning; may be repeated (default: all of the lake).")
    private List<String> runs = new ArrayList<>();

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

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        RangeCheck.atLeast(1, kvMemory, "--kv-memory");
        ApiKey key = keyEnv == null
                ? ApiKey.NONE
                : ApiKey.of(System.getenv(keyEnv), "the environment variable " + keyEnv, "the server's key");
        InetSocketAddress address = ServedAddress.of(host, port);
        try (LanguageModel base = options.open()) {
            Map<String, StreamingGenerator> models = models(base, out).byName();
            try (ChatServer server = new ChatServer(models, address, key, Clock.systemUTC())) {
                out.println("serving " + models.keySet() + " at http://" + host + ":" + server.port()
                        + "/v1; stop with Ctrl-C");
                out.flush();
                new CountDownLatch(1).await();
            }
        }
        return 0;
    }

    private ServedModels models(LanguageModel base, PrintWriter out) throws IOException {
        ServedModels models = new ServedModels(options.asked(base), ModelLocator.title(options.folder()), kvMemory);
        for (String run : runs) {
            Path adapter = options.adapter(run);
            models.add(String.valueOf(adapter.getFileName()), options.asked(base, adapter));
        }
        if (runs.isEmpty()) {
            models.addFitting(options.adapters(), folder -> options.asked(base, folder), out::println);
        }
        return models;
    }
}
