package org.selgen.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.selgen.data.BadInput;
import org.selgen.data.Leak;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.ExperimentRows;
import org.selgen.lm.TokenCounter;
import org.selgen.overlap.Leaks;
import org.selgen.overlap.Leaks.Prompts;
import org.selgen.plan.TokenCounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sources to checked rows to Parquet. */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        description = {
            "Make or read the experiment's datasets, check every row, keep them as Parquet.",
            "Prompts that stand in two of them go to the table leaks. One that is a training prompt and a question stops"
                    + " the verb."
        })
public final class PrepareJob implements Callable<Integer> {
    private static final double NEAR = 0.9;

    @Mixin
    private ExperimentOptions conf = new ExperimentOptions();

    @Option(names = "--allow-leaks", description = "Go on where a question is also a training prompt.")
    private boolean allowLeaks;

    @Override
    public Integer call() throws Exception {
        return conf.write(bench -> {
            run(bench, allowLeaks ? OnLeak.GO_ON : OnLeak.STOP);
            return 0;
        });
    }

    /** What to do where a question is also a training prompt. */
    public enum OnLeak {
        STOP,
        GO_ON
    }

    public static void run(ExperimentContext bench, OnLeak onLeak) throws IOException {
        ExperimentRows datasets = ExperimentRows.of(bench);
        try (TokenCounter ruler = bench.engine().ruler(bench.model())) {
            TokenCounts.of(bench.experiment(), datasets, ruler).refuseTooLong(); // before anything is kept
        }
        List<Prompts> prompts = datasets.prompts();
        List<Leak> leaks = new ArrayList<>(Leaks.exact(prompts));
        List<String> sets = prompts.stream().map(Prompts::name).toList();
        if (!bench.lake().comparisons().has(sets, datasets.fingerprint())) {
            leaks.addAll(Leaks.near(bench.lake().spark(), prompts, NEAR));
            bench.lake().comparisons().keep(sets, datasets.fingerprint(), leaks);
        }
        if (onLeak == OnLeak.STOP) {
            stopIfAsked(leaks, bench.experiment().data().questions());
        }
        datasets.put(bench.lake());
        Experiment.Data data = bench.experiment().data();
        bench.say("prepare: the proxy has "
                + data.proxySize()
                        .told(
                                datasets.rows(data.proxy(), "proxy").size(),
                                datasets.rows(data.task(), "task").size()));
        bench.say("prepare: " + datasets.training().size() + " training sets and "
                + datasets.questions().size() + " sets of questions are there");
    }

    private static void stopIfAsked(List<Leak> leaks, List<String> questions) {
        List<Leak> asked = leaks.stream()
                .filter(leak -> leak.kind().equals(Leaks.EXACT) && questions.contains(leak.right()))
                .toList();
        if (!asked.isEmpty()) {
            Leak first = asked.get(0);
            throw new BadInput(asked.size() + " questions are also training prompts, as " + first.right() + " '"
                    + first.rightId() + "' and " + first.left() + " '" + first.leftId()
                    + "'; see the table leaks, choose other data, or give --allow-leaks");
        }
    }
}
