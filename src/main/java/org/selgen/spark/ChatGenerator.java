package org.selgen.spark;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.selgen.chat.ChatFiles;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.lm.Decoding;

/**
 * Answers conversations with a local model, on the executors. The input column holds a text, which is one user turn, or
 * an array of structs of role and content; the output column holds a text.
 *
 * <pre>
 *   new ChatGenerator().setModelUrl("data-lake/models/tiny").setInputCol("chat").setOutputCol("answer").transform(rows)
 * </pre>
 *
 * <p>A partition is answered in batches. An answer depends on its conversation and the seed, not on its batch or
 * partition. The finish column holds {@code stop}, or {@code length} where an answer was cut.
 */
public final class ChatGenerator extends ChatStage<ChatGenerator> {
    private final Param<String> modelUrl = text("modelUrl", "folder of a Hugging Face model, a path or file: URI");
    private final Param<String> adapterUrl = text("adapterUrl", "folder of a PEFT adapter; empty for the base model");
    private final Param<String> finishCol = text("finishCol", "column to add: stop, or length where an answer was cut");
    private final Param<String> dtype = text("dtype", "f32 or bf16");
    private final Param<String> chatTemplate = text("chatTemplate", "a template in Jinja; empty for the model's own");
    private final Param<String> chatVariables = text("chatVariables", "of the template, a JSON object");
    private final Param<String> chatDate = text("chatDate", "what the template takes for today, as 2026-01-31");
    private final IntParam batchSize = new IntParam(uid(), "batchSize", "conversations at once");
    private final IntParam maxTokens = new IntParam(uid(), "maxTokens", "tokens an answer may have");
    private final DoubleParam temperature = new DoubleParam(uid(), "temperature", "0 takes the likeliest token");
    private final DoubleParam topP = new DoubleParam(uid(), "topP", "draw from the likeliest tokens of this mass");
    private final LongParam seed = new LongParam(uid(), "seed", "decides the draws");

    public ChatGenerator() {
        this(newUid("chatGenerator"));
    }

    public ChatGenerator(String uid) {
        super(uid);
        setDefault(adapterUrl, "");
        setDefault(finishCol, "finish");
        setDefault(dtype, "f32");
        setDefault(chatTemplate, "");
        setDefault(chatVariables, "{}");
        setDefault(chatDate, "");
        setDefault(batchSize, 64);
        setDefault(maxTokens, 256);
        setDefault(temperature, 0.0);
        setDefault(topP, 1.0);
        setDefault(seed, 0L);
    }

    /** Reads a saved stage; see {@link #load}. */
    public static MLReader<ChatGenerator> read() {
        return new DefaultParamsReader<>();
    }

    public static ChatGenerator load(String path) {
        return read().load(path);
    }

    @Override
    ChatGenerator self() {
        return this;
    }

    @Override
    PartitionTask work(StructType columns) {
        int input = index(columns, inputCol());
        int batch = (Integer) value(batchSize);
        if (batch < 1) {
            throw new BadInput(
                    name() + ".batchSize is " + batch + " but must be at least 1; call setBatchSize with more");
        }
        Decoding decoding = new Decoding(
                ((Double) value(temperature)).floatValue(),
                ((Double) value(topP)).floatValue(),
                (Integer) value(maxTokens),
                1,
                (Long) value(seed));
        Answering answering =
                new Answering(Urls.folder(value(modelUrl)), adapter(), Urls.type(value(dtype)), decoding, chat());
        return new GeneratorTask(answering, input, batch);
    }

    /** As the adapter was trained, but for what is set here. */
    private ChatSettings chat() {
        String folder = adapter();
        ChatSettings otherwise = folder.isEmpty() ? ChatSettings.DEFAULT : ChatFiles.read(Path.of(folder));
        return otherwise.with(
                value(chatTemplate),
                ChatFiles.variables(value(chatVariables), name() + ".chatVariables"),
                value(chatDate));
    }

    private String adapter() {
        String url = value(adapterUrl);
        return url.isEmpty() ? "" : Urls.folder(url);
    }

    @Override
    List<StructField> addedColumns() {
        return List.of(output(outputCol(), DataTypes.StringType), output(finishCol, DataTypes.StringType));
    }

    @Override
    void check(StructType columns) {
        Chats.check(columns, index(columns, inputCol()), name() + ".inputCol");
    }

    public Param<String> modelUrl() {
        return modelUrl;
    }

    public Param<String> adapterUrl() {
        return adapterUrl;
    }

    public Param<String> finishCol() {
        return finishCol;
    }

    public Param<String> dtype() {
        return dtype;
    }

    public Param<String> chatTemplate() {
        return chatTemplate;
    }

    public Param<String> chatVariables() {
        return chatVariables;
    }

    public Param<String> chatDate() {
        return chatDate;
    }

    public IntParam batchSize() {
        return batchSize;
    }

    public IntParam maxTokens() {
        return maxTokens;
    }

    public DoubleParam temperature() {
        return temperature;
    }

    public DoubleParam topP() {
        return topP;
    }

    public LongParam seed() {
        return seed;
    }

    public ChatGenerator setModelUrl(String url) {
        set(modelUrl, url);
        return this;
    }

    public ChatGenerator setAdapterUrl(String url) {
        set(adapterUrl, url);
        return this;
    }

    public ChatGenerator setFinishCol(String column) {
        set(finishCol, column);
        return this;
    }

    public ChatGenerator setDtype(String type) {
        set(dtype, type);
        return this;
    }

    public ChatGenerator setChatTemplate(String template) {
        set(chatTemplate, template);
        return this;
    }

    public ChatGenerator setChatVariables(String json) {
        set(chatVariables, json);
        return this;
    }

    public ChatGenerator setChatDate(String day) {
        set(chatDate, day);
        return this;
    }

    public ChatGenerator setBatchSize(int size) {
        set(batchSize, size);
        return this;
    }

    public ChatGenerator setMaxTokens(int tokens) {
        set(maxTokens, tokens);
        return this;
    }

    public ChatGenerator setTemperature(double value) {
        set(temperature, value);
        return this;
    }

    public ChatGenerator setTopP(double mass) {
        set(topP, mass);
        return this;
    }

    public ChatGenerator setSeed(long value) {
        set(seed, value);
        return this;
    }
}
