package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.selgen.hub.ModelLocator;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.StreamingGenerator;
import org.selgen.serve.ChatServer;
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
            "Answer over HTTP as OpenAI's chat completions do, until stopped: the base model by its name, adapters by"
                    + " the ids of their runs. Log-probabilities and streams too. There is no key, so by default only this"
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
            description = "A run to serve too, or its id's beginning; may be repeated.")
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

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (LanguageModel base = options.open()) {
            Map<String, StreamingGenerator> models = new LinkedHashMap<>();
            models.put(ModelLocator.title(options.folder()), new StreamingGenerator(base.with(options.chat())));
            for (String run : runs) {
                String id = String.valueOf(options.adapter(run).getFileName());
                models.put(
                        id,
                        new StreamingGenerator(
                                base.with(options.adapter(run, base)).with(options.chat(run))));
            }
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
            try (ChatServer server = new ChatServer(models, address, Clock.systemUTC())) {
                out.println("serving " + models.keySet() + " at http://" + host + ":" + server.port()
                        + "/v1; stop with Ctrl-C");
                out.flush();
                new CountDownLatch(1).await();
            }
        }
        return 0;
    }
}
