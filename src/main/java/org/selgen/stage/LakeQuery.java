package org.selgen.stage;

import java.io.IOException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.selgen.data.BadInput;
import org.selgen.lake.Lake;
import org.selgen.lake.ReadOnlySql;
import org.selgen.lake.Views;

/** Answers SQL over the tables and views of a lake; changes nothing. */
public record LakeQuery(Lake lake) {
    /**
     * The rows of the answer.
     *
     * @throws BadInput if there are no tables yet, or the SQL cannot be read or answered, or would do more than read
     */
    public Dataset<Row> answer(String sql) throws IOException {
        if (!lake.written()) {
            throw new BadInput("the lake " + lake.storage().uri() + " holds no tables yet; fill it with"
                    + " 'selgen run conf/experiments/quickstart.yaml', or give another --lake");
        }
        ReadOnlySql.check(lake.spark(), sql);
        Views.register(lake, sql);
        try {
            return rows(sql);
        } catch (AnalysisException e) {
            Views.register(lake); // a name may be meant that does not stand there as such
        }
        try {
            return rows(sql);
        } catch (AnalysisException e) {
            throw new BadInput(
                    "this SQL cannot be answered: " + ReadOnlySql.firstLine(e) + " Tables: "
                            + String.join(", ", Views.tables(lake).keySet()) + "; views: "
                            + String.join(", ", Views.NAMES),
                    e);
        }
    }

    private Dataset<Row> rows(String sql) throws AnalysisException {
        return lake.spark().sql(sql); // the Scala method does not declare what it throws
    }
}
