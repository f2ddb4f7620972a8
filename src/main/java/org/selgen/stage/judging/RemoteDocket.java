package org.selgen.stage.judging;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.selgen.cluster.DriverChannel;
import org.selgen.data.Judgement;
import org.selgen.judge.Docket;

/** The driver's docket, from a task. */
record RemoteDocket(String service) implements Docket {
    private sealed interface Message extends Serializable {}

    private record Ask(List<String> requests) implements Message {}

    private record Keep(List<String> requests, List<Judgement> rows) implements Message {}

    private record Close() implements Message {}

    /** Those that are open; none once the docket is closed. */
    private record Opened(boolean closed, HashSet<String> requests) implements Serializable {}

    /** On the driver: lets tasks use a docket. */
    static DriverChannel.Registration serve(Docket docket) {
        return DriverChannel.serve(message -> answer(docket, (Message) message));
    }

    private static Opened answer(Docket docket, Message message) {
        if (message instanceof Ask ask) {
            return docket.open(ask.requests())
                    .map(open -> new Opened(false, new HashSet<>(open)))
                    .orElse(new Opened(true, new HashSet<>()));
        }
        if (message instanceof Keep keep) {
            docket.keep(keep.requests(), keep.rows());
        } else {
            docket.close();
        }
        return new Opened(false, new HashSet<>());
    }

    @Override
    public Optional<Set<String>> open(List<String> requests) {
        Opened opened = (Opened) DriverChannel.ask(service, new Ask(requests));
        return opened.closed() ? Optional.empty() : Optional.of(opened.requests());
    }

    @Override
    public void keep(List<String> requests, List<Judgement> rows) {
        DriverChannel.ask(service, new Keep(requests, rows));
    }

    @Override
    public void close() {
        DriverChannel.ask(service, new Close());
    }
}
