package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.selgen.data.BadInput;
import org.selgen.lake.Lake;
import org.selgen.lake.ReadOnlySql;
import org.selgen.lake.Views;
import org.selgen.report.TextTable;
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
    enum Format {
        TABLE,
        CSV,
        JSON
    }

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
    private Format format = Format.TABLE;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Lake lake = spark.look(spec.name());
        if (!lake.written()) {
            throw new BadInput("the lake " + lake.root() + " holds no tables yet; fill it with"
                    + " 'selgen run conf/experiments/quickstart.yaml', or give another --lake");
        }
        ReadOnlySql.check(lake.spark(), sql);
        Views.register(lake);
        Dataset<Row> answer = answer(lake);
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TABLE -> table(answer).lines().forEach(out::println);
            case JSON -> answer.toJSON().toLocalIterator().forEachRemaining(out::println);
            case CSV -> {
                out.println(csv(List.of(answer.columns())));
                answer.toLocalIterator().forEachRemaining(row -> out.println(csv(cells(row, String::valueOf))));
            }
        }
        out.flush();
        return 0;
    }

    private Dataset<Row> answer(Lake lake) throws IOException {
        try {
            return lake.spark().sql(sql);
        } catch (Exception e) { // the Scala method declares nothing, yet throws a checked AnalysisException
            if (e instanceof AnalysisException problem) {
                throw new BadInput(
                        "this SQL cannot be answered: " + ReadOnlySql.firstLine(problem) + " Tables: "
                                + String.join(", ", lake.views().keySet()) + "; views: "
                                + String.join(", ", Views.NAMES),
                        e);
            }
            throw e;
        }
    }

    private static TextTable table(Dataset<Row> answer) {
        List<List<String>> rows = new ArrayList<>();
        answer.toLocalIterator().forEachRemaining(row -> rows.add(cells(row, QueryJob::rounded)));
        return new TextTable(List.of(answer.columns()), rows);
    }

    /** Each value as text; an absent one is empty. */
    private static List<String> cells(Row row, Function<Object, String> text) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> row.isNullAt(i) ? "" : text.apply(row.get(i)))
                .toList();
    }

    /** For a person: of a fraction four digits that count, or all before the point. */
    private static String rounded(Object value) {
        boolean fraction = value instanceof Double || value instanceof Float;
        if (!fraction || !Double.isFinite(((Number) value).doubleValue())) {
            return String.valueOf(value);
        }
        BigDecimal exact = new BigDecimal(String.valueOf(value));
        int before = exact.precision() - exact.scale();
        BigDecimal near = exact.round(new MathContext(Math.max(4, before))).stripTrailingZeros();
        return before > -6 && before < 16 ? near.toPlainString() : near.toString();
    }

    /** One line of RFC 4180. */
    private static String csv(List<String> cells) {
        return CSVFormat.RFC4180.format(
                cells.stream().map(cell -> cell.isEmpty() ? null : cell).toArray());
    }
}
