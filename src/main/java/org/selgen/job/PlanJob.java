package org.selgen.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.selgen.data.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a run would do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Show what 'run' would do and what is done already. Touches nothing.",
        footerHeading = "%nExample:%n",
        footer = "  selgen plan conf/experiments/quickstart.yaml --set seeds=[0,1,2]")
public final class PlanJob implements Callable<Integer> {
    @Mixin
    private Conf conf = new Conf();

    @Override
    public Integer call() throws Exception {
        grid(conf.look()).lines().forEach(conf.out()::println);
        conf.out().flush();
        return 0;
    }

    /** One row for each set to prepare and each run to train and to ask. */
    static Grid grid(Workbench bench) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        Datasets datasets = Datasets.of(bench);
        datasets.kept(bench.lake())
                .forEach((name, kept) -> rows.add(List.of("prepare", name, "", kept ? "done" : "to do")));
        Map<String, Run> runs = bench.lake().runs().read().stream().collect(Collectors.toMap(Run::id, run -> run));
        for (Order order : bench.orders(datasets.hash())) {
            Run run = runs.get(order.run().id());
            String state = run == null || run.status().equals(Run.FAILED) ? "to do" : "done";
            rows.add(List.of("train", order.title(), order.run().id(), state.equals("done") ? run.status() : state));
        }
        return new Grid(List.of("stage", "what", "run", "state"), rows);
    }
}
