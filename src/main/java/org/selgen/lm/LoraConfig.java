package org.selgen.lm;

import java.util.List;

/** placeholder until merged */
public record LoraConfig(int r, float alpha, boolean rslora, List<String> targets) {
    public float scale() {
        return rslora ? (float) (alpha / Math.sqrt(r)) : alpha / r;
    }
}
