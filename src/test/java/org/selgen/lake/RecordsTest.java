package org.selgen.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Stage;
import org.selgen.data.Status;
import org.selgen.data.Variant;

class RecordsTest {
    record NestedRow(String text, List<Integer> numbers) {}

    record Everything(
            String text,
            int i,
            long l,
            float f,
            double d,
            boolean b,
            Variant variant,
            NestedRow inner,
            List<Message> chat,
            @Nullable Integer maybeInt,
            @Nullable Double maybeDouble,
            @Nullable String maybeText) {}

    record Unstorable(Object anything) {}

    record Constants(Variant variant, Status status, Stage stage) {}

    record Halves(@Nullable NestedRow maybe) {}

    @Property(tries = 300)
    void aRecordIsItsRowAndBack(@ForAll("records") Everything record) {
        assertThat(Records.fromRow(Records.toRow(record), Everything.class)).isEqualTo(record);
    }

    @Property(tries = 3)
    void aRecordComesBackFromSparkAsItWent(@ForAll("lists") List<Everything> records) {
        List<Row> rows = records.stream().map(Records::toRow).toList();
        List<Row> stored = LocalSpark.session()
                .createDataFrame(rows, Records.schema(Everything.class))
                .map(
                        (org.apache.spark.api.java.function.MapFunction<Row, Row>)
                                row -> Records.toRow(Records.fromRow(row, Everything.class)),
                        Records.encoder(Everything.class))
                .collectAsList();
        assertThat(stored.stream().map(row -> Records.fromRow(row, Everything.class)))
                .containsExactlyElementsOf(records);
    }

    @Test
    void aConstantIsStoredByItsJavaNameOrInKebabCase() {
        Constants constants = new Constants(Variant.ASK, Status.FINISHED, Stage.WEIGH);
        Row row = Records.toRow(constants);
        assertThat(row).isEqualTo(RowFactory.create("ASK", "finished", "weigh"));
        assertThat(Records.fromRow(row, Constants.class)).isEqualTo(constants);
    }

    @Test
    void aConstantThatThereIsNotIsRefused() {
        Row row = RowFactory.create("ASK", "paused", "weigh");
        assertThatThrownBy(() -> Records.fromRow(row, Constants.class))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("a row holds the Status 'paused', which this version does not know;");
    }

    @Test
    void aColumnIsNullableExactlyWhereTheComponentIs() {
        assertThat(Records.schema(Question.class).apply("mod").nullable()).isTrue();
        assertThat(Records.schema(Question.class).apply("gold").nullable()).isFalse();
    }

    @Test
    void aChatIsAnArrayOfStructs() {
        assertThat(Records.schema(Question.class).apply("prompt").dataType().simpleString())
                .isEqualTo("array<struct<role:string,content:string>>");
    }

    @Test
    void aNullWhereNoneMayBeNamesTheColumn() {
        Row row = RowFactory.create("text", null);
        assertThatThrownBy(() -> Records.fromRow(row, NestedRow.class))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("a row of NestedRow has no 'numbers'");
    }

    @Test
    void aComponentWithoutAColumnTypeIsRefused() {
        assertThatThrownBy(() -> Records.schema(Unstorable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object has no column");
    }

    @Test
    void aRecordThatMayBeAbsentIsRefused() {
        assertThatThrownBy(() -> Records.schema(Halves.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maybe may be absent", "put its components beside the others");
    }

    @Provide
    Arbitrary<List<Everything>> lists() {
        return records().list().ofMinSize(1).ofMaxSize(20);
    }

    @Provide
    Arbitrary<Everything> records() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(12);
        Arbitrary<Integer> ints = Arbitraries.integers();
        Arbitrary<Message> turn = text.map(Message::user);
        Arbitrary<NestedRow> inner =
                Combinators.combine(text, ints.list().ofMaxSize(3)).as(NestedRow::new);
        Arbitrary<Object[]> numbers = Combinators.combine(
                        ints,
                        Arbitraries.longs(),
                        Arbitraries.floats(),
                        Arbitraries.doubles(),
                        Arbitraries.of(true, false))
                .as((i, l, f, d, b) -> new Object[] {i, l, f, d, b});
        return Combinators.combine(
                        text,
                        numbers,
                        Arbitraries.of(Variant.class),
                        inner,
                        turn.list().ofMaxSize(3),
                        ints.injectNull(0.3),
                        Arbitraries.doubles().injectNull(0.3),
                        text.injectNull(0.3))
                .as((t, n, v, in, chat, mi, md, mt) -> new Everything(
                        t,
                        (int) n[0],
                        (long) n[1],
                        (float) n[2],
                        (double) n[3],
                        (boolean) n[4],
                        v,
                        in,
                        chat,
                        mi,
                        md,
                        mt));
    }
}
