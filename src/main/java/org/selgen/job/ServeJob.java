package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.selgen.http.ApiKey;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.StreamingGenerator;
import org.selgen.serve.ChatServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        ApiKey key = server.key();
        InetSocketAddress address = server.address();
        try (LanguageModel base = options.open()) {
            Map<String, StreamingGenerator> models = options.served(base, server.kvMemory(), out::println);
            try (ChatServer listening = new ChatServer(models, address, key, Clock.systemUTC())) {
                out.println("serving " + models.keySet() + " at http://" + address.getHostString() + ":"
                        + listening.port() + "/v1; stop with Ctrl-C");
                out.flush();
                new CountDownLatch(1).await();
            }
        }
        return 0;
    }
}
