package org.selgen.lm;

import java.util.Arrays;
import java.util.List;

/** The linear layers of a decoder block, in the order the kernels take them. */
public enum Projection {
    Q("self_attn.q_proj"),
    K("self_attn.k_proj"),
    V("self_attn.v_proj"),
    O("self_attn.o_proj"),
    GATE("mlp.gate_proj"),
    UP("mlp.up_proj"),
    DOWN("mlp.down_proj");

    private final String path;

    Projection(String path) {
        this.path = path;
    }

    /** Name as PEFT's {@code target_modules} has it, as {@code q_proj}. */
    public String target() {
        return path.substring(path.indexOf('.') + 1);
    }

    /** Full module name, as {@code model.layers.0.self_attn.q_proj}. */
    public String module(int layer) {
        return "model.layers." + layer + "." + path;
    }

    /** All names a LoRA configuration may target. */
    public static List<String> targets() {
        return Arrays.stream(values()).map(Projection::target).toList();
    }
}
