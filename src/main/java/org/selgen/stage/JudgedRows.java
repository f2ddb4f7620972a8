package org.selgen.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.ExperimentContext;
import org.selgen.judge.Likeliest;
import org.selgen.score.Judged;
import org.selgen.score.Tallies;

/**
 * The verdicts on an experiment's answers, and how each answer ended, dealt to groups of runs. A group is one task, which has
 * the answers of one run at a time in memory, in an order that does not depend on how the tables lie on their disk.
 */
final class JudgedRows {
    private static final int NO_ANSWER = -1; // instead of a question, in the row by which a run is there without any
    private static final StructType RUN = new StructType()
            .add("run", DataTypes.StringType)
            .add("group", DataTypes.IntegerType)
            .add("member", DataTypes.IntegerType);

    private final ExperimentContext context;
    private final List<Question> questions;

    JudgedRows(ExperimentContext context) throws IOException {
        this.context = context;
        this.questions = List.copyOf(context.questions().values());
    }

    /** What is done with a group of runs, in a task. */
    interface GroupWork<T> extends Serializable {
        Iterator<T> of(Map<Run, Tallies> runs);
    }

    /** Does the work with each group of runs, each run in one group. */
    <T> Dataset<T> map(List<List<Run>> groups, GroupWork<T> work, Encoder<T> result) throws IOException {
        List<Row> runs = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            for (int member = 0; member < groups.get(group).size(); member++) {
                runs.add(RowFactory.create(groups.get(group).get(member).id(), group, member));
            }
        }
        Broadcast<List<List<Run>>> ofGroups = context.spark().broadcast(groups);
        Broadcast<List<Question>> asked = context.spark().broadcast(questions);
        FlatMapGroupsFunction<Integer, Row, T> grouped =
                (group, rows) -> work.of(tallies(ofGroups.value().get(group), asked.value(), rows));
        Dataset<Row> rows = rows(context.lake().spark().createDataFrame(runs, RUN));
        Column[] order = {col("member"), col("asked"), col("sample"), col("rubric")};
        int tasks = Math.min(groups.size(), 4 * context.spark().defaultParallelism());
        return rows.repartition(Math.max(1, tasks), col("group"))
                .groupBy("group")
                .as(Encoders.INT(), Encoders.row(rows.schema()))
                .flatMapSortedGroups(order, grouped, result);
    }

    /** Group, member of it, question, sample, rubric, verdict, score, and how the reason begins. */
    private Dataset<Row> rows(Dataset<Row> runs) throws IOException {
        List<Object> rubrics = new ArrayList<>(List.of(Likeliest.RUBRIC));
        for (String name : context.experiment().rubrics()) {
            rubrics.add(context.catalog().judges().rubric(name));
        }
        Column[] columns = {
            col("group"),
            col("member"),
            col("asked"),
            col("sample"),
            col("rubric"),
            col("verdict"),
            col("score"),
            substring(col("reason"), 1, Judgement.BEGINNING).as("reason")
        };
        Dataset<Row> verdicts = context.asked(context.lake().judgements().rows())
                .join(broadcast(runs), "run")
                .where(col("rubric").isin(rubrics.toArray()))
                .select(columns);
        Dataset<Row> answers =
                context.asked(context.lake().generations().rows()).join(broadcast(runs), "run");
        Dataset<Row> members = runs.withColumn("asked", lit(NO_ANSWER)).withColumn("sample", lit(0));
        return verdicts.union(named(answers, Judged.FINISH, col("finish")).select(columns))
                .union(named(members, "", lit("")).select(columns));
    }

    /** Rows that no judge gave. */
    private static Dataset<Row> named(Dataset<Row> rows, String rubric, Column verdict) {
        return rows.withColumn("rubric", lit(rubric))
                .withColumn("verdict", verdict)
                .withColumn("score", lit(null).cast(DataTypes.DoubleType))
                .withColumn("reason", lit(""));
    }

    private static Map<Run, Tallies> tallies(List<Run> group, List<Question> asked, Iterator<Row> rows) {
        Map<Run, Tallies> tallies = new LinkedHashMap<>();
        List<Judged> own = new ArrayList<>();
        int member = 0;
        while (rows.hasNext()) {
            Row row = rows.next();
            if (row.getInt(1) > member) { // each member has a row
                tallies.put(group.get(member), Tallies.of(group.get(member).id(), own));
                own.clear();
                member = row.getInt(1);
            }
            if (row.getInt(2) != NO_ANSWER) {
                own.add(judged(row, group.get(member).id(), asked.get(row.getInt(2))));
            }
        }
        tallies.put(group.get(member), Tallies.of(group.get(member).id(), own));
        return tallies;
    }

    private static Judged judged(Row row, String run, Question question) {
        String rubric = row.getString(4);
        if (rubric.equals(Judged.FINISH)) {
            return Judged.ended(question, run, row.getInt(3), row.getString(5));
        }
        return Judged.of(
                question,
                new Judgement(
                        run,
                        question.dataset(),
                        question.id(),
                        row.getInt(3),
                        "",
                        rubric,
                        row.getString(5),
                        row.isNullAt(6) ? null : row.getDouble(6),
                        row.getString(7),
                        ""));
    }
}
