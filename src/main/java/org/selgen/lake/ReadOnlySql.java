package org.selgen.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.selgen.data.BadInput;
import scala.collection.JavaConverters;

/**
 * Tells statements that only read from all others, by the plan that Spark's parser makes of them: SELECT, WITH, VALUES,
 * TABLE, FROM, SHOW, DESCRIBE and EXPLAIN. Nothing is run to find out. A kind of plan that is not listed here is refused,
 * so a later Spark's new statement is too.
 */
public final class ReadOnlySql {
    /** What the parser builds a query of; names of classes, since no common type tells them from what writes. */
    private static final Set<String> QUERY = Set.of(
            "Aggregate",
            "Distinct",
            "Except",
            "Filter",
            "Generate",
            "GlobalLimit",
            "Intersect",
            "Join",
            "LateralJoin",
            "LocalLimit",
            "LocalRelation",
            "Offset",
            "OneRowRelation",
            "OneRowRelation$",
            "Pivot",
            "Project",
            "RebalancePartitions",
            "RelationTimeTravel",
            "Repartition",
            "RepartitionByExpression",
            "Sample",
            "Sort",
            "SubqueryAlias",
            "Union",
            "Unpivot",
            "UnresolvedHaving",
            "UnresolvedHint",
            "UnresolvedInlineTable",
            "UnresolvedRelation",
            "UnresolvedSubqueryColumnAliases",
            "UnresolvedTVFAliases",
            "UnresolvedTableValuedFunction",
            "UnresolvedWith",
            "View",
            "Window",
            "WithWindowDefinition");

    /** What a statement may be that is no query. Their classes' names begin so. */
    private static final List<String> TOLD = List.of("Show", "Describe", "Explain");

    /** Functions that call any Java method. */
    private static final Set<String> CALLS = Set.of("reflect", "java_method", "try_reflect");

    private ReadOnlySql() {}

    /**
     * Checks a statement.
     *
     * @throws BadInput if it is no SQL, or would do more than read
     */
    public static void check(SparkSession spark, String sql) {
        check(parsed(spark, sql));
    }

    private static LogicalPlan parsed(SparkSession spark, String sql) {
        try {
            return spark.sessionState().sqlParser().parsePlan(sql);
        } catch (ParseException e) {
            throw new BadInput("this SQL cannot be read: " + firstLine(e), e);
        }
    }

    /** The first line of a message of Spark that says anything, without the name of its class of errors. */
    public static String firstLine(Throwable problem) {
        return String.valueOf(problem.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("Spark does not say why")
                .replaceFirst("^\\[[A-Z_.]+] ", "");
    }

    private static void check(LogicalPlan plan) {
        String kind = plan.getClass().getSimpleName();
        if (TOLD.stream().anyMatch(kind::startsWith)) {
            return; // EXPLAIN plans its statement and does not run it
        }
        checkQuery(plan);
    }

    private static void checkQuery(QueryPlan<?> plan) {
        String kind = plan.getClass().getSimpleName();
        if (!QUERY.contains(kind)) {
            throw refused(kind.replaceAll("(Command|Statement|\\$)$", "")
                    .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                    .toLowerCase(Locale.ROOT));
        }
        if (plan instanceof UnresolvedTableValuedFunction function) {
            checkName(String.join(".", JavaConverters.seqAsJavaList(function.name())));
        }
        for (Expression expression : JavaConverters.seqAsJavaList(plan.expressions())) {
            checkExpression(expression);
        }
        List<TreeNode<?>> below = new ArrayList<>(JavaConverters.seqAsJavaList(plan.children()));
        below.addAll(JavaConverters.seqAsJavaList(plan.innerChildren()));
        for (TreeNode<?> child : below) {
            if (child instanceof QueryPlan<?> query) {
                checkQuery(query);
            }
        }
    }

    private static void checkExpression(Expression expression) {
        if (expression instanceof UnresolvedFunction function) {
            checkName(String.join(".", JavaConverters.seqAsJavaList(function.nameParts())));
        }
        if (expression instanceof PlanExpression<?> query) {
            checkQuery(query.plan());
        }
        for (Expression child : JavaConverters.seqAsJavaList(expression.children())) {
            checkExpression(child);
        }
    }

    private static void checkName(String function) {
        String bare = function.toLowerCase(Locale.ROOT).replaceFirst("^.*\\.", "");
        if (CALLS.contains(bare)) {
            throw refused("a call of Java by '" + function + "'");
        }
    }

    private static BadInput refused(String what) {
        return new BadInput("'query' only reads, and this is " + what
                + "; give a SELECT, WITH, VALUES, SHOW, DESCRIBE or EXPLAIN. The lake is as it was");
    }
}
