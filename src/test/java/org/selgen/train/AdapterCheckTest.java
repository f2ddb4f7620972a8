package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selgen.Golden;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;

class AdapterCheckTest {
    private static final List<Sequence> ROWS =
            List.of(Sequence.answering(new long[] {2, 10, 70, 5}, new long[] {10, 1}));
    private static Decoder base;

    @BeforeAll
    static void open() {
        base = Decoder.open(Golden.path("models/gemma"), DType.F32);
    }

    @AfterAll
    static void close() {
        base.close();
    }

    @Test
    void aTrainedAdapterAndOneThatIsAllZeroPass() {
        try (Adapter trained = Adapter.read(Golden.path("peft/gemma_lora"), base.config());
                Adapter fresh = Adapter.fresh(new LoraConfig(2, 4, true, List.of("q_proj")), base.config(), 1)) {
            AdapterCheck.active(base, trained, ROWS);
            AdapterCheck.active(base, fresh, ROWS);
        }
    }

    @Test
    void anAdapterOfAModuleThatTheModelDoesNotHaveIsFound() {
        try (Adapter trained = Adapter.read(Golden.path("peft/gemma_lora"), base.config());
                Scope scope = Scope.open()) {
            Map<String, Adapter.Pair> pairs = new LinkedHashMap<>();
            trained.pairs()
                    .forEach((module, pair) -> pairs.put(
                            "elsewhere." + module,
                            new Adapter.Pair(pair.a().leaf(), pair.b().leaf(), 1)));
            try (Adapter elsewhere = Adapter.of(pairs)) {
                assertThatThrownBy(() -> AdapterCheck.active(base, elsewhere, ROWS))
                        .hasMessage("the adapter is not active: some B is not 0 but the logits are the base's");
            }
        }
    }
}
