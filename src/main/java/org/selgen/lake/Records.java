package org.selgen.lake;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.KebabColumn;
import scala.collection.JavaConverters;

/**
 * A record as a row of Spark and back. A component is the column of the same name: numbers, booleans and strings as
 * they are, an enum by its name or {@link KebabColumn#column}, a record as a struct, a {@code List} as an array. A column may be null exactly where
 * its component is {@code @Nullable}, which a record must not be.
 */
public final class Records {
    private static final Map<Class<?>, DataType> SIMPLE = Map.of(
            String.class, DataTypes.StringType,
            int.class, DataTypes.IntegerType,
            Integer.class, DataTypes.IntegerType,
            long.class, DataTypes.LongType,
            Long.class, DataTypes.LongType,
            float.class, DataTypes.FloatType,
            Float.class, DataTypes.FloatType,
            double.class, DataTypes.DoubleType,
            Double.class, DataTypes.DoubleType,
            boolean.class, DataTypes.BooleanType);

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return RecordShape.of(type);
        }
    };

    private Records() {}

    /** Columns of a record type, in the order of its components. */
    public static StructType schema(Class<? extends Record> type) {
        return SHAPES.get(type).schema;
    }

    /** Encoder of rows that hold records of the type; for {@code Dataset.map}. */
    public static Encoder<Row> encoder(Class<? extends Record> type) {
        return Encoders.row(schema(type));
    }

    /** The columns of a schema of stored rows; those that they lack are null. */
    static Dataset<Row> select(Dataset<Row> stored, StructType schema) {
        Set<String> known = Set.of(stored.columns());
        return stored.select(Arrays.stream(schema.fields())
                .map(field -> known.contains(field.name())
                        ? functions.col(field.name())
                        : functions.lit(null).cast(field.dataType()).as(field.name()))
                .toArray(Column[]::new));
    }

    public static Row toRow(Record record) {
        RecordShape shape = SHAPES.get(record.getClass());
        @Nullable Object[] values = new Object[shape.components.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column(read(shape.components.get(i).component(), record));
        }
        return new GenericRowWithSchema(values, shape.schema);
    }

    /**
     * The record that a row holds. Columns are found by name; a nullable one may be missing.
     *
     * @throws BadInput if a column is missing or null that the record needs
     */
    public static <T extends Record> T fromRow(Row row, Class<T> type) {
        RecordShape shape = SHAPES.get(type);
        Object[] values = new Object[shape.components.size()];
        StructType columns = row.schema() == null ? shape.schema : row.schema();
        for (int i = 0; i < values.length; i++) {
            Component component = shape.components.get(i);
            scala.Option<Object> at = columns.getFieldIndex(component.name());
            values[i] = at.isEmpty() ? null : value(row.get((Integer) at.get()), component.type());
            if (values[i] == null && !component.nullable()) {
                throw new BadInput("a row of " + type.getSimpleName() + " has no '" + component.name()
                        + "', which it must have; its table was written by another version: use a new lake");
            }
        }
        return type.cast(make(shape.constructor, values));
    }

    private static @Nullable Object column(@Nullable Object value) {
        if (value instanceof Record record) {
            return toRow(record);
        }
        if (value instanceof Enum<?> constant) {
            return name(constant);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> columns = new ArrayList<>();
            list.forEach(item -> columns.add(column(item)));
            return JavaConverters.asScalaBuffer(columns).toSeq();
        }
        return value;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the class is an enum or a record: both were asked
    private static @Nullable Object value(@Nullable Object column, Type type) {
        if (column == null) {
            return null;
        }
        if (type instanceof ParameterizedType list) {
            List<?> columns = JavaConverters.seqAsJavaList((scala.collection.Seq<?>) column);
            return columns.stream()
                    .map(item -> value(item, list.getActualTypeArguments()[0]))
                    .toList();
        }
        Class raw = (Class) type;
        if (raw.isEnum()) {
            return constant(raw, (String) column);
        }
        return raw.isRecord() ? fromRow((Row) column, raw) : column;
    }

    private static String name(Enum<?> constant) {
        return constant instanceof KebabColumn kebab ? kebab.column() : constant.name();
    }

    /** @throws BadInput if the type has no such constant */
    private static Enum<?> constant(Class<? extends Enum<?>> type, String column) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> name(each).equals(column))
                .findFirst()
                .orElseThrow(() -> new BadInput("a row holds the " + type.getSimpleName() + " '" + column
                        + "', which this version does not know; use a newer selgen or a new lake"));
    }

    private static StructField field(RecordComponent component) {
        boolean nullable = Component.of(component).nullable();
        if (nullable && component.getType().isRecord()) {
            throw new IllegalArgumentException(component
                    + " may be absent, and a MERGE of Delta 3.3 that adds columns makes of an absent struct one"
                    + " of absent values; put its components beside the others");
        }
        return new StructField(component.getName(), dataType(component.getGenericType()), nullable, Metadata.empty());
    }

    private static DataType dataType(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return DataTypes.createArrayType(dataType(list.getActualTypeArguments()[0]), false);
        }
        if (type instanceof Class<?> raw) {
            if (raw.isEnum()) {
                return DataTypes.StringType;
            }
            DataType simple = raw.isRecord() ? SHAPES.get(raw).schema : SIMPLE.get(raw);
            if (simple != null) {
                return simple;
            }
        }
        throw new IllegalArgumentException(
                "a component of type " + type + " has no column; use a number, String, enum, record or List of these");
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static Object make(Constructor<?> constructor, Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + constructor, e);
        }
    }

    /** What reflection says of a component, asked once: it takes microseconds, and rows are many. */
    private record Component(RecordComponent component, String name, Type type, boolean nullable) {
        static Component of(RecordComponent component) {
            return new Component(
                    component,
                    component.getName(),
                    component.getGenericType(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }
    }

    private record RecordShape(List<Component> components, Constructor<?> constructor, StructType schema) {
        static RecordShape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            StructField[] fields = Arrays.stream(components).map(Records::field).toArray(StructField[]::new);
            for (RecordComponent component : components) {
                component.getAccessor().setAccessible(true);
            }
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return new RecordShape(
                        Arrays.stream(components).map(Component::of).toList(), constructor, new StructType(fields));
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("a record has a canonical constructor", e);
            }
        }
    }
}
