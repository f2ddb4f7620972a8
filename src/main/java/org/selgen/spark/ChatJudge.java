package org.selgen.spark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.selgen.data.BadInput;
import org.selgen.judge.Judges;
import org.selgen.judge.Rubric;
import org.selgen.judge.Verdict;
import org.selgen.judge.endpoint.Endpoint;
import org.selgen.lake.Records;
import org.selgen.tensor.DType;

/**
 * Judges answers by a rule, by a local model, or by a model behind an endpoint of OpenAI's protocol. The input column
 * is the answer, a text; the output column is a struct of {@link Verdict}: verdict, score, reason and reply. A call
 * that fails gives the verdict {@code error} without a score, and its reason is in the error column too.
 *
 * <pre>
 *   new ChatJudge().setRubric("confirmation").setQuestionCol("chat").setInputCol("answer").setOutputCol("verdict")
 * </pre>
 *
 * <p>A rule and a local model work on all executors. The calls to an endpoint are made by one task, so that one rate
 * limit holds and the key is read in one place, from the environment. A saved stage holds only the name of the
 * variable.
 */
public final class ChatJudge extends ChatStage<ChatJudge> {
    private final Param<String> questionCol = text("questionCol", "column of the question, as ChatGenerator reads it");
    private final Param<String> goldCol =
            text("goldCol", "column of the bare right answer, which the rule maths needs; empty for none");
    private final Param<String> modCol =
            text("modCol", "column of the modulus within which numbers are equal, int; empty for none");
    private final Param<String> rubric = text(
            "rubric", "confirmation, maths, recklessness or degenerate; or the name of a rubric whose prompt is set");
    private final Param<String> prompt =
            text("prompt", "what a model is asked, with {question} and {answer}; empty for a rule");
    private final Param<String> mode = text("mode", "how a reply is read: logprob or text");
    private final Param<String> modelUrl = text("modelUrl", "folder of a model of ours that judges; empty for none");
    private final Param<String> endpointUrl =
            text("endpointUrl", "base URL of a service that judges, as http://127.0.0.1:8000/v1; empty for none");
    private final Param<String> endpointModel = text("endpointModel", "name of the model there");
    private final Param<String> keyEnv =
            text("keyEnv", "environment variable on the executors that holds the key of the service; empty for none");

    public ChatJudge() {
        this(newUid("chatJudge"));
    }

    public ChatJudge(String uid) {
        super(uid);
        setDefault(mode, "logprob");
        List.of(goldCol, modCol, prompt, modelUrl, endpointUrl, endpointModel, keyEnv)
                .forEach(param -> setDefault(param, ""));
    }

    /** Reads a saved stage; see {@link #load}. */
    public static MLReader<ChatJudge> read() {
        return new DefaultParamsReader<>();
    }

    public static ChatJudge load(String path) {
        return read().load(path);
    }

    @Override
    ChatJudge self() {
        return this;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> rows) {
        return super.transform(value(endpointUrl).isEmpty() ? rows : rows.coalesce(1));
    }

    @Override
    PartitionTask work(StructType columns) {
        return new JudgeTask(
                grading(),
                index(columns, inputCol()),
                index(columns, questionCol),
                value(goldCol).isEmpty() ? -1 : index(columns, goldCol),
                value(modCol).isEmpty() ? -1 : index(columns, modCol));
    }

    private Grading grading() {
        boolean local = !value(modelUrl).isEmpty();
        boolean served = !value(endpointUrl).isEmpty();
        if (value(prompt).isEmpty() != (!local && !served) || (local && served)) {
            throw new BadInput(
                    "ChatJudge needs a rubric that is a rule, or a prompt and one of modelUrl and endpointUrl;"
                            + " set prompt is '" + value(prompt) + "', modelUrl '" + value(modelUrl)
                            + "', endpointUrl '"
                            + value(endpointUrl) + "'");
        }
        if (!local && !served) {
            return new Grading.ByRule(Judges.named(value(rubric)).rubric());
        }
        Rubric asked = new Rubric(value(rubric), 1, reading(), Map.of(), List.of("REFUSAL"), value(prompt));
        return local
                ? new Grading.ByModel(asked, Urls.folder(value(modelUrl)), DType.F32)
                : new Grading.Served(asked, endpoint());
    }

    private Endpoint endpoint() {
        Endpoint plain = Endpoint.of(value(endpointUrl), value(endpointModel));
        return value(keyEnv).isEmpty() ? plain : plain.withKeyEnv(value(keyEnv));
    }

    private Rubric.Mode reading() {
        return switch (value(mode).toLowerCase(Locale.ROOT)) {
            case "logprob" -> Rubric.Mode.LOGPROB;
            case "text" -> Rubric.Mode.TEXT;
            default -> throw new BadInput("mode is '" + value(mode) + "' but must be logprob or text; change it");
        };
    }

    @Override
    List<StructField> addedColumns() {
        return List.of(output(outputCol(), Records.schema(Verdict.class)));
    }

    @Override
    void check(StructType columns) {
        Chats.check(columns, index(columns, questionCol), name() + ".questionCol");
        check(columns, inputCol(), DataTypes.StringType);
        if (!value(goldCol).isEmpty()) {
            check(columns, goldCol, DataTypes.StringType);
        }
        if (!value(modCol).isEmpty()) {
            check(columns, modCol, DataTypes.IntegerType);
        }
    }

    public Param<String> questionCol() {
        return questionCol;
    }

    public Param<String> goldCol() {
        return goldCol;
    }

    public Param<String> modCol() {
        return modCol;
    }

    public Param<String> rubric() {
        return rubric;
    }

    public Param<String> prompt() {
        return prompt;
    }

    public Param<String> mode() {
        return mode;
    }

    public Param<String> modelUrl() {
        return modelUrl;
    }

    public Param<String> endpointUrl() {
        return endpointUrl;
    }

    public Param<String> endpointModel() {
        return endpointModel;
    }

    public Param<String> keyEnv() {
        return keyEnv;
    }

    public ChatJudge setQuestionCol(String value) {
        set(questionCol, value);
        return this;
    }

    public ChatJudge setGoldCol(String value) {
        set(goldCol, value);
        return this;
    }

    public ChatJudge setModCol(String value) {
        set(modCol, value);
        return this;
    }

    public ChatJudge setRubric(String value) {
        set(rubric, value);
        return this;
    }

    public ChatJudge setPrompt(String value) {
        set(prompt, value);
        return this;
    }

    public ChatJudge setMode(String value) {
        set(mode, value);
        return this;
    }

    public ChatJudge setModelUrl(String value) {
        set(modelUrl, value);
        return this;
    }

    public ChatJudge setEndpointUrl(String value) {
        set(endpointUrl, value);
        return this;
    }

    public ChatJudge setEndpointModel(String value) {
        set(endpointModel, value);
        return this;
    }

    public ChatJudge setKeyEnv(String value) {
        set(keyEnv, value);
        return this;
    }
}
