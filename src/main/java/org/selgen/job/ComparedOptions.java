package org.selgen.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.conf.Yaml;
import org.selgen.lake.Lake;
import org.selgen.stage.results.ComparedExperiment;
import org.selgen.stage.results.ExperimentComparison;
import picocli.CommandLine.Parameters;

/** The two sides of a comparison. */
final class ComparedOptions {
    private static final Pattern SIDE = Pattern.compile("([^#@]+)(?:#([^@]*))?(?:@(.+))?");

    @Parameters(index = "0", paramLabel = "A", description = "What the differences begin from.")
    private String a = "";

    @Parameters(index = "1", paramLabel = "B", description = "What is compared with it.")
    private String b = "";

    /** Both as they are now. */
    ExperimentComparison open(SparkOptions spark, String words) throws IOException {
        return new ExperimentComparison(side(a, spark, words), side(b, spark, words));
    }

    private static ComparedExperiment side(String given, SparkOptions spark, String words) throws IOException {
        Matcher parts = SIDE.matcher(given);
        if (!parts.matches()) {
            throw new BadInput(
                    "'" + given + "' must be FILE, FILE#METHOD,KNOBS, FILE@LAKE or FILE#METHOD,KNOBS@LAKE, as"
                            + " conf/experiments/quickstart.yaml#mixed@data-lake; correct it");
        }
        Path file = Path.of(parts.group(1));
        @Nullable String place = parts.group(3);
        Lake lake = place == null ? spark.written(words) : spark.written(words, place);
        @Nullable String setting = parts.group(2);
        return new ComparedExperiment(
                ExperimentContext.open(lake, file, List.of()),
                Yaml.tree(file, List.of()),
                setting == null ? "" : setting);
    }
}
