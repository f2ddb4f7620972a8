package org.selgen.spark;

import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.selgen.data.BadInput;
import org.selgen.lm.ChatTemplate;

/**
 * Writes conversations as the text that a model family reads, up to where the answer begins. The input column is as for
 * {@link ChatGenerator}.
 */
public final class ChatTemplateRenderer extends ChatStage<ChatTemplateRenderer> {
    private final Param<String> template = text("template", "gemma or qwen3");

    public ChatTemplateRenderer() {
        this(newUid("chatTemplateRenderer"));
    }

    public ChatTemplateRenderer(String uid) {
        super(uid);
    }

    /** Reads a saved stage; see {@link #load}. */
    public static MLReader<ChatTemplateRenderer> read() {
        return new DefaultParamsReader<>();
    }

    public static ChatTemplateRenderer load(String path) {
        return read().load(path);
    }

    @Override
    ChatTemplateRenderer self() {
        return this;
    }

    @Override
    PartitionTask work(StructType columns) {
        int input = index(columns, inputCol());
        ChatTemplate family = family(value(template));
        return rows -> new RowBatches(rows, 1, one -> List.of(rendered(one.get(0), input, family)));
    }

    private static Row rendered(Row row, int input, ChatTemplate family) {
        try {
            return RowBatches.withColumns(row, family.prompt(Chats.chat(row, input)), null);
        } catch (BadInput e) {
            return RowBatches.withColumns(row, null, e.getMessage());
        }
    }

    private static ChatTemplate family(String name) {
        for (ChatTemplate each : ChatTemplate.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        throw new BadInput("template is '" + name + "' but must be gemma or qwen3; change it");
    }

    @Override
    List<StructField> addedColumns() {
        return List.of(output(outputCol(), DataTypes.StringType));
    }

    @Override
    void check(StructType columns) {
        Chats.check(columns, index(columns, inputCol()), name() + ".inputCol");
    }

    public Param<String> template() {
        return template;
    }

    public ChatTemplateRenderer setTemplate(String name) {
        set(template, name);
        return this;
    }
}
