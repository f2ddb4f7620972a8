package org.selgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.chat.ChatFiles;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.lake.LocalSpark;
import org.selgen.lm.Adapter;
import org.selgen.lm.Assistant;
import org.selgen.lm.Decoding;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.PeftConfig;
import org.selgen.tensor.DType;

class ChatGeneratorTest {
    private static final Path MODEL = Path.of("data-lake/models/tiny").toAbsolutePath();
    private static final StructType TURN =
            new StructType().add("role", DataTypes.StringType).add("content", DataTypes.StringType);
    private static final StructType CHATS = new StructType()
            .add("id", DataTypes.IntegerType)
            .add("chat", DataTypes.createArrayType(TURN))
            .add("text", DataTypes.StringType);

    private static final LoraConfig LORA = new LoraConfig(2, 4, false, List.of("q_proj"));

    private final SparkSession spark = LocalSpark.session();

    private static Row row(int id, String... turns) {
        List<Row> chat = IntStream.range(0, turns.length)
                .mapToObj(i -> RowFactory.create(i % 2 == 0 ? "user" : "assistant", turns[i]))
                .toList();
        return RowFactory.create(id, chat.toArray(), turns.length == 0 ? null : turns[turns.length - 1]);
    }

    private Dataset<Row> rows(Row... rows) {
        return spark.createDataFrame(List.of(rows), CHATS).repartition(2);
    }

    private static ChatGenerator generator() {
        return new ChatGenerator()
                .setModelUrl(MODEL.toString())
                .setInputCol("chat")
                .setOutputCol("answer")
                .setMaxTokens(24);
    }

    private static List<Row> ordered(Dataset<Row> rows) {
        return rows.orderBy("id").collectAsList();
    }

    @Test
    void answersAreThoseOfTheModelItself() {
        Dataset<Row> rows = rows(row(1, "What is the capital of Atlan?"), row(2, "What is 2 + 3?"), row(3, "Hello."));
        List<String> made = ordered(generator().transform(rows)).stream()
                .map(row -> row.<String>getAs("answer"))
                .toList();
        try (LanguageModel model = LanguageModel.open(MODEL, DType.F32)) {
            Assistant assistant = new Assistant(model, Decoding.greedy(24));
            assertThat(made)
                    .containsExactlyElementsOf(
                            List.of("What is the capital of Atlan?", "What is 2 + 3?", "Hello.").stream()
                                    .map(text -> assistant.reply(List.of(Message.user(text))))
                                    .toList());
        }
    }

    @Test
    void aTextIsOneTurnOfTheUser() {
        Dataset<Row> rows = rows(row(1, "What is 2 + 3?"));
        assertThat(generator().setInputCol("text").transform(rows).first().<String>getAs("answer"))
                .isEqualTo(generator().transform(rows).first().getAs("answer"));
    }

    @Test
    void aBadRowHasAnErrorAndTheOthersGoOn() {
        Row robot = RowFactory.create(4, new Row[] {RowFactory.create("robot", "Beep.")}, "");
        List<Row> rows = ordered(generator()
                .transform(rows(row(1, "Hi."), row(2, "Hi. ".repeat(2000)), row(3), robot, row(5, "Hi."))));
        assertThat(rows)
                .extracting(row -> row.<String>getAs("answer") == null)
                .containsExactly(false, true, true, true, false);
        assertThat(rows.get(1).<String>getAs("error")).contains("tokens but at most");
        assertThat(rows.get(2).<String>getAs("error")).contains("the chat has 0 turns");
        assertThat(rows.get(3).<String>getAs("error")).contains("role is 'robot' but must be one of");
        assertThat(rows.get(4).<String>getAs("error")).isNull();
        assertThat(rows.get(0).<String>getAs("answer")).isEqualTo(rows.get(4).getAs("answer"));
    }

    @Test
    void drawsDependOnTheSeedAndNotOnBatchOrPartition() {
        Dataset<Row> rows = rows(row(1, "Tell me a number."), row(2, "And you?"), row(3, "Name a word."));
        ChatGenerator warm = generator().setTemperature(1).setSeed(4);
        List<Row> made = ordered(warm.transform(rows));
        assertThat(ordered(warm.setBatchSize(1).transform(rows.coalesce(1)))).isEqualTo(made);
        assertThat(ordered(warm.setSeed(5).transform(rows))).isNotEqualTo(made);
    }

    @Test
    void aPipelineOfStagesIsSavedAndLoaded(@TempDir Path folder) throws IOException {
        Dataset<Row> rows = rows(row(1, "What is 2 + 3?"));
        PipelineModel pipeline = new Pipeline()
                .setStages(new PipelineStage[] {
                    new ChatTemplateRenderer()
                            .setInputCol("chat")
                            .setOutputCol("spelt")
                            .setErrorCol("spellingError")
                            .setTemplate("gemma"),
                    generator()
                })
                .fit(rows);
        pipeline.write().save(folder.resolve("p").toString());
        Dataset<Row> again = PipelineModel.load(folder.resolve("p").toString()).transform(rows);
        assertThat(again.collectAsList()).isEqualTo(pipeline.transform(rows).collectAsList());
        assertThat(again.first().<String>getAs("spelt")).startsWith("<bos><start_of_turn>user\nWhat is 2 + 3?");
    }

    @Test
    void conversationsAreWrittenByTheTemplateVariablesAndDateThatAreSet() {
        String tells = "{{ raise_exception('mood ' ~ mood ~ ' on ' ~ strftime_now('%d %b')) }}";
        Dataset<Row> rows = rows(row(1, "Hi."));
        ChatGenerator generator = generator()
                .setChatTemplate(tells)
                .setChatVariables("{\"mood\": 3}")
                .setChatDate("2026-09-01");
        assertThat(generator.transform(rows).first().<String>getAs("error")).contains("mood 3 on 01 Sep");
        ChatTemplateRenderer renderer = new ChatTemplateRenderer()
                .setInputCol("chat")
                .setOutputCol("spelt")
                .setModelUrl(MODEL.toString());
        assertThat(renderer.transform(rows).first().<String>getAs("spelt"))
                .isEqualTo("<bos><start_of_turn>user\nHi.<end_of_turn>\n<start_of_turn>model\n");
        renderer.setTemplate("{{ mood }} {{ strftime_now('%d %b') }}").setVariables("{\"mood\": true}");
        assertThat(renderer.setDate("2026-09-01").transform(rows).first().<String>getAs("spelt"))
                .isEqualTo("True 01 Sep");
    }

    @Test
    void anAdapterIsAskedAsItWasTrained(@TempDir Path adapter) throws IOException {
        ChatFiles.write(adapter, new ChatSettings("{{ raise_exception('as trained') }}", Map.of(), ""));
        try (LanguageModel model = LanguageModel.open(MODEL, DType.F32);
                Adapter fresh = Adapter.fresh(LORA, model.decoder().config(), 1)) {
            fresh.write(adapter, new PeftConfig(MODEL.toString(), LORA));
        }
        Row row = generator()
                .setAdapterUrl(adapter.toString())
                .transform(rows(row(1, "Hi.")))
                .first();
        assertThat(row.<String>getAs("error")).contains("as trained");
    }

    @Test
    void theSchemaIsKnownBeforeAnythingRuns() {
        Dataset<Row> rows = rows(row(1, "Hi."));
        assertThat(generator().transformSchema(rows.schema()).fieldNames())
                .containsExactly("id", "chat", "text", "answer", "finish", "error")
                .isEqualTo(generator().transform(rows).columns());
    }

    @Test
    void whatIsWrongWithTheStageIsSaidBeforeAnythingRuns() {
        Dataset<Row> rows = rows(row(1, "Hi."));
        assertThatThrownBy(() -> generator().setInputCol("chats").transform(rows))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("ChatGenerator.inputCol is 'chats' but the rows have only [id, chat, text]");
        assertThatThrownBy(() -> generator().setInputCol("id").transform(rows))
                .hasMessageContaining(
                        "column 'id' is int but must be string or array<struct<role:string,content:string>>");
        assertThatThrownBy(() -> generator().setOutputCol("text").transform(rows))
                .hasMessageContaining("is to add the column 'text' but the rows have one of that name");
        assertThatThrownBy(() -> new ChatGenerator()
                        .setInputCol("chat")
                        .setOutputCol("answer")
                        .transform(rows))
                .hasMessageContaining("ChatGenerator.modelUrl is not set but is needed; call setModelUrl");
        assertThatThrownBy(() -> generator().setDtype("f8").transform(rows)).hasMessageContaining("dtype is 'f8'");
        assertThatThrownBy(() -> generator().setBatchSize(0).transform(rows))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("ChatGenerator.batchSize is 0 but must be at least 1;");
        assertThatThrownBy(() -> generator().setModelUrl("file:/a b").transform(rows))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("the URL file:/a b is no path of a file");
        assertThatThrownBy(() -> generator().setModelUrl("s3://bucket/m").transform(rows))
                .hasMessageContaining("must be a path or begin with file:");
    }
}
