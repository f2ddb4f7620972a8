package org.selgen.spark;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.selgen.chat.ChatFiles;
import org.selgen.chat.ChatSettings;
import org.selgen.chat.ChatTemplate;
import org.selgen.data.BadInput;
import org.selgen.lm.LanguageModel;

/**
 * Writes conversations as the text that a model reads, up to where the answer begins: by its folder's chat template, a given
 * one, or one built in for a family. The input column is as for
 * {@link ChatGenerator}.
 */
public final class ChatTemplateRenderer extends ChatStage<ChatTemplateRenderer> {
    private static final List<String> BUILT_IN = List.of("gemma", "qwen3");

    private final Param<String> template =
            text("template", "gemma, qwen3, or a template in Jinja; empty for that of modelUrl");
    private final Param<String> modelUrl = text("modelUrl", "folder of a Hugging Face model whose template it is");
    private final Param<String> variables = text("variables", "of the template, a JSON object");
    private final Param<String> date = text("date", "what the template takes for today, as 2026-01-31");

    public ChatTemplateRenderer() {
        this(newUid("chatTemplateRenderer"));
    }

    public ChatTemplateRenderer(String uid) {
        super(uid);
        setDefault(template, "");
        setDefault(modelUrl, "");
        setDefault(variables, "{}");
        setDefault(date, "");
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
        String url = value(modelUrl);
        String given = value(template);
        boolean builtIn = BUILT_IN.contains(given);
        if (!builtIn && url.isEmpty() && !ChatSettings.isTemplate(given)) {
            throw new BadInput(name() + ".template is '" + given + "' but must be one of " + BUILT_IN
                    + ", or a template in Jinja; change it, or call setModelUrl");
        }
        ChatSettings chat = new ChatSettings(
                builtIn ? "" : given, ChatFiles.variables(value(variables), name() + ".variables"), value(date));
        RenderTask task = new RenderTask(
                url.isEmpty() ? "" : Urls.folder(url), builtIn ? given : "", chat, index(columns, inputCol()));
        task.template(); // so that what is wrong with it stops the stage
        return task;
    }

    /**
     * Writes the conversations of a partition.
     *
     * @param folder of the model; empty for none
     * @param family whose built-in template it is; empty for the folder's or that of the settings
     * @param input index of the conversation's column
     */
    private record RenderTask(String folder, String family, ChatSettings chat, int input) implements PartitionTask {
        ChatTemplate template() {
            return folder.isEmpty() || !family.isEmpty()
                    ? ChatTemplate.of(family, chat)
                    : LanguageModel.template(Path.of(folder), chat);
        }

        @Override
        public Iterator<Row> rows(Iterator<Row> rows) {
            ChatTemplate template = template();
            return new RowBatches(rows, 1, one -> List.of(rendered(one.get(0), template)));
        }

        private Row rendered(Row row, ChatTemplate template) {
            try {
                return RowBatches.withColumns(row, template.prompt(Chats.chat(row, input)), null);
            } catch (BadInput e) {
                return RowBatches.withColumns(row, null, e.getMessage());
            }
        }
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

    public Param<String> modelUrl() {
        return modelUrl;
    }

    public Param<String> variables() {
        return variables;
    }

    public Param<String> date() {
        return date;
    }

    public ChatTemplateRenderer setModelUrl(String url) {
        set(modelUrl, url);
        return this;
    }

    public ChatTemplateRenderer setVariables(String json) {
        set(variables, json);
        return this;
    }

    public ChatTemplateRenderer setDate(String day) {
        set(date, day);
        return this;
    }
}
