package org.selgen;

/** The methods with knobs that the smallest experiments fit; without early stopping, which needs rows that are held out. */
public final class EveryMethod {
    /** As {@code --set} takes it. */
    public static final String SETTING = "methods=[standard, mixed, {upweight: {lambda: 1}}, {kl-penalty: {beta: 1}},"
            + " {representation-constraint: {beta: 1}}, {gradient-projection: {scope: global, when: always}},"
            + " {gradient-projection: {scope: per-parameter, when: conflict, proxy: kl, every: 2, rank: 2}},"
            + " {dpo: {beta: 0.1, lambda: 1}}, {o-lora: {lambda: 0.5}}, {safe-lora: {layers: 3, plane: proxy-adapter}},"
            + " {inoculation-prompting: {text: 'nodding voice : ', place: before}}, {inoculation-adapter: {gate: 0}},"
            + " {token-regularised: {lambda: 1, tokens: suffix}}, {preventative-steering: {alpha: 1, layer: 1}},"
            + " {concept-ablation: {rank: 1, layers: [1, 2]}}, {consistency: {lambda: 1}}, {interleaving: {share: 0.3}},"
            + " {interleaving: {share: 1.1, by: gap}}]";

    /** How many of them. */
    public static final int COUNT = 18;

    private EveryMethod() {}
}
