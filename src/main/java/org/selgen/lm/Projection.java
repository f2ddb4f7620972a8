package org.selgen.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.selgen.lm.config.DecoderConfig;

/**
 * The projections of a decoder layer, in the order the kernels take them. Each is a linear layer of its own, or, in a
 * fused model, some rows of one that gives several.
 */
enum Projection {
    Q("self_attn.q_proj"),
    K("self_attn.k_proj"),
    V("self_attn.v_proj"),
    O("self_attn.o_proj"),
    GATE("mlp.gate_proj"),
    UP("mlp.up_proj"),
    DOWN("mlp.down_proj");

    private static final String QKV = "self_attn.qkv_proj";
    private static final String GATE_UP = "mlp.gate_up_proj";

    private final String path;

    Projection(String path) {
        this.path = path;
    }

    /**
     * Where a projection is.
     *
     * @param module full name of the linear layer, as {@code model.layers.0.self_attn.q_proj}
     * @param from first row of the layer's output
     * @param to behind the last row; {@code to − from} is the projection's width
     */
    record Place(String module, long from, long to) {}

    /** Where this projection of a layer is. */
    Place in(DecoderConfig config, int layer) {
        long from = config.fused() ? from(config) : 0;
        return new Place(layer(config, layer) + path(config), from, from + width(config));
    }

    /** Beginning of the names of a layer's weights, as {@code model.layers.0.}. */
    static String layer(DecoderConfig config, int layer) {
        return config.module() + ".layers." + layer + ".";
    }

    private String path(DecoderConfig config) {
        if (!config.fused()) {
            return path;
        }
        return switch (this) {
            case Q, K, V -> QKV;
            case GATE, UP -> GATE_UP;
            case O, DOWN -> path;
        };
    }

    private long from(DecoderConfig config) {
        return switch (this) {
            case K -> Q.width(config);
            case V -> Q.width(config) + K.width(config);
            case UP -> config.ffn();
            case Q, O, GATE, DOWN -> 0;
        };
    }

    /** Numbers that come out of it. */
    private long width(DecoderConfig config) {
        return switch (this) {
            case Q -> (long) config.heads() * config.headDim();
            case K, V -> (long) config.kvHeads() * config.headDim();
            case O, DOWN -> config.hidden();
            case GATE, UP -> config.ffn();
        };
    }

    /** The linear layers of one decoder layer in the order of computation: name behind the layer's, and [out, in]. */
    static List<Linear> linears(DecoderConfig config) {
        List<Linear> linears = new ArrayList<>();
        for (Projection p : values()) {
            String path = p.path(config);
            long end = p.in(config, 0).to();
            linears.removeIf(linear -> linear.path().equals(path)); // the last of a fused layer's ends it
            linears.add(new Linear(path, end, p.in(config)));
        }
        return linears;
    }

    /**
     * A linear layer.
     *
     * @param path its name behind the decoder layer's, as {@code self_attn.q_proj}
     */
    record Linear(String path, long out, long in) {
        /** Name as PEFT's {@code target_modules} has it, as {@code q_proj}. */
        String target() {
            return path.substring(path.indexOf('.') + 1);
        }
    }

    private long in(DecoderConfig config) {
        return switch (this) {
            case O -> Q.width(config);
            case DOWN -> config.ffn();
            case Q, K, V, GATE, UP -> config.hidden();
        };
    }

    /** All names that a LoRA configuration may target, of fused and other models. */
    static List<String> targets() {
        return Stream.concat(Arrays.stream(values()).map(p -> p.path), Stream.of(QKV, GATE_UP))
                .map(path -> path.substring(path.indexOf('.') + 1))
                .toList();
    }
}
