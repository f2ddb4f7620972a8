package org.selgen.lake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.selgen.data.BadInput;
import org.selgen.data.Score;

/**
 * The lake for SQL: every table under its name, and views over them for people. A view is the file of its name beside
 * this class, with {@link Score#MANY_DEGENERATE} for {@code ${MANY_DEGENERATE}}. A name means the rows at the time it was
 * registered; register again to see newer ones.
 */
public final class Views {
    /** The Spark setting that says where the lake is, for a session that others started. */
    public static final String SETTING = "spark.selgen.lake";

    /** In the order in which they build on each other. */
    public static final List<String> NAMES = List.of("results", "standings", "answers", "health");

    private Views() {}

    /** Makes all tables and views of a lake temporary views of its session. */
    public static void register(Lake lake) throws IOException {
        lake.views().forEach((name, rows) -> rows.createOrReplaceTempView(name));
        for (String name : NAMES) {
            lake.spark().sql(text(name)).createOrReplaceTempView(name);
        }
    }

    /**
     * The same for a notebook or a shell, whose settings say where the lake is.
     *
     * @throws BadInput if they do not, or if nothing was written there
     */
    public static void register(SparkSession spark) throws IOException {
        String folder = spark.conf().get(SETTING, "");
        if (folder.isEmpty()) {
            throw new BadInput(SETTING + " is not set; set it to the folder of the lake, as /home/me/selgen/data-lake");
        }
        Lake lake = Lake.open(spark, Path.of(folder));
        if (!lake.written()) {
            throw new BadInput(SETTING + " is " + folder
                    + " but no lake was written there; correct it, or fill the lake with 'selgen run'");
        }
        register(lake);
    }

    private static String text(String name) throws IOException {
        try (InputStream sql = Objects.requireNonNull(Views.class.getResourceAsStream(name + ".sql"), name)) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${MANY_DEGENERATE}", String.valueOf(Score.MANY_DEGENERATE));
        }
    }
}
