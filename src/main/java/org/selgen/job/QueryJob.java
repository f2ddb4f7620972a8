package org.selgen.job;

import java.util.concurrent.Callable;
import org.selgen.stage.LakeQuery;
import org.selgen.stage.RowFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers a question in SQL over all tables. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = {
            "Answer a question in SQL. Every table of the lake is there by its name:",
            "examples, questions, runs, steps, generations, likelihoods, judgements, scores, leaks, proximity, tasks.",
            "So are views over them: results (a run's two axes), standings (a setting's, over its seeds, and whether it is on"
                    + " the Pareto front), answers (beside question and verdicts), health (how each run went)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  selgen query \"SELECT method, knobs, seed, status, seconds FROM runs\"",
            "  selgen query \"SELECT method, knobs, seeds, capability, alignment FROM standings WHERE front\"",
            "  selgen query \"SELECT label, verdict, count(*) FROM judgements JOIN questions",
            "                USING (dataset) WHERE id = question GROUP BY ALL\" --format csv",
            "  selgen query \"DESCRIBE generations\""
        })
public final class QueryJob implements Callable<Integer> {
    @Mixin
    private SparkOptions spark = new SparkOptions();

    @Parameters(
            index = "0",
            paramLabel = "SQL",
            description = "One SELECT, WITH, VALUES, SHOW, DESCRIBE or EXPLAIN; what writes is refused.")
    private String sql = "";

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "table, for people: numbers rounded, long texts cut; csv or json, one object a line: exact"
                    + " (default: ${DEFAULT-VALUE}).")
    private RowFormat format = RowFormat.TABLE;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        format.print(
                new LakeQuery(spark.look(spec.name())).answer(sql),
                spec.commandLine().getOut());
        return 0;
    }
}
