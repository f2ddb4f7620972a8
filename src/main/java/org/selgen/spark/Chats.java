package org.selgen.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.selgen.data.BadInput;
import org.selgen.data.Message;

/** Reads a column of conversations: a text, which is one user turn, or an array of structs of role and content. */
final class Chats {
    private Chats() {}

    static void check(StructType columns, int index, String what) {
        DataType type = columns.fields()[index].dataType();
        boolean turns = type instanceof ArrayType array
                && array.elementType() instanceof StructType turn
                && Arrays.asList(turn.fieldNames()).containsAll(List.of("role", "content"));
        if (!type.equals(DataTypes.StringType) && !turns) {
            throw new BadInput(what + ": column '" + columns.fields()[index].name() + "' is " + type.catalogString()
                    + " but must be string or array<struct<role:string,content:string>>; cast it");
        }
    }

    /**
     * The conversation of a row.
     *
     * @throws BadInput if the row holds no conversation
     */
    static List<Message> chat(Row row, int index) {
        if (row.isNullAt(index)) {
            throw new BadInput("the conversation is null but must have a turn; give one");
        }
        if (row.get(index) instanceof String text) {
            return List.of(Message.user(text));
        }
        List<Message> chat = new ArrayList<>();
        for (Row turn : row.<Row>getList(index)) {
            chat.add(message(turn));
        }
        return chat;
    }

    private static Message message(Row turn) {
        String role = turn.getAs("role");
        String content = turn.getAs("content");
        if (role == null || content == null) {
            throw new BadInput(
                    "a turn's role is " + role + " and its content " + content + " but neither may be null; give both");
        }
        try {
            return new Message(role, content);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }
}
