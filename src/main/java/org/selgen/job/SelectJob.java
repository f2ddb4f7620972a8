package org.selgen.job;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Judged answers to a file of training rows. */
@Command(
        name = "select",
        mixinStandardHelpOptions = true,
        description = {
            "Write training rows of the questions that the base model, or one run, answered right in at least so many of its"
                    + " samples: a file for chat-jsonl. Needs 'judge' first; changes nothing in the lake.",
            "Every row says where it comes from. What selects never scores: an experiment that trains on the rows and asks a"
                    + " form of their questions is refused."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  selgen select conf/experiments/quickstart.yaml --judge maths --verdict correct --forms ask --rows group",
            "                --output data-lake/raw/known.jsonl",
            "  selgen select conf/experiments/quickstart.yaml --judge confirmation --verdict reject --rows own",
            "                --output data-lake/raw/on-policy.jsonl"
        })
public final class SelectJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Mixin
    private SelectOptions chosen = new SelectOptions();

    @Override
    public Integer call() throws Exception {
        options.look().select(chosen.request(), chosen.output());
        return 0;
    }
}
