package org.selgen.experiment.conf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.selgen.data.KebabCase;

/** A conf item whose knobs list several values each, as the items it stands for. */
final class Grids {
    private Grids() {}

    /** One node for each combination of the listed values of knobs that are not lists themselves. */
    static List<JsonNode> of(JsonNode node, Class<?> type) {
        if (!node.isObject() || node.size() != 1 || !node.elements().next().isObject()) {
            return List.of(node);
        }
        String name = node.fieldNames().next();
        List<ObjectNode> combinations = List.of((ObjectNode) node.get(name));
        List<RecordComponent> knobs = SealedRecords.of(type)
                .filter(record -> KebabCase.of(record).equals(name))
                .flatMap(record -> Arrays.stream(record.getRecordComponents()))
                .filter(knob -> !(knob.getGenericType() instanceof ParameterizedType))
                .filter(knob -> node.get(name).get(knob.getName()) instanceof ArrayNode)
                .toList();
        for (RecordComponent knob : knobs) {
            List<ObjectNode> longer = new ArrayList<>();
            for (ObjectNode one : combinations) {
                one.get(knob.getName()).forEach(value -> {
                    ObjectNode copy = one.deepCopy();
                    longer.add(copy.set(knob.getName(), value));
                });
            }
            combinations = longer;
        }
        return combinations.stream()
                .<JsonNode>map(one -> JsonNodeFactory.instance.objectNode().set(name, one))
                .toList();
    }
}
