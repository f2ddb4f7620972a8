package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
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
    private static final ThreadMXBean ALLOCATED = (ThreadMXBean) ManagementFactory.getThreadMXBean();
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

    /** Whole logits of a row of a long context and a large vocabulary are more than Java's 2 GiB. */
    @Test
    void itCopiesNoLogitsToJava() {
        int tokens = base.config().maxPositions();
        long[] ids = new long[tokens];
        Arrays.setAll(ids, i -> 5 + i % 60);
        List<Sequence> rows = List.of(new Sequence(ids, new boolean[tokens]).whole());
        try (Adapter trained = Adapter.read(Golden.path("peft/gemma_lora"), base.config())) {
            AdapterCheck.active(base, trained, rows); // loads what is loaded once
            long live = Scope.liveTensors();
            long before = ALLOCATED.getCurrentThreadAllocatedBytes();
            AdapterCheck.active(base, trained, rows);
            assertThat(ALLOCATED.getCurrentThreadAllocatedBytes() - before)
                    .as(
                            "bytes on the heap, where the logits have %d",
                            4L * tokens * base.config().vocab())
                    .isLessThan(4L * tokens * base.config().vocab());
            assertThat(Scope.liveTensors()).isEqualTo(live);
        }
    }

    @Test
    void itLooksAtABoundedNumberOfTokens() {
        Sequence row = new Sequence(new long[600], new boolean[600]);
        assertThat(row.first(512).length()).isEqualTo(512);
        assertThat(row.first(700).length()).isEqualTo(600);
    }

    @Test
    void anAdapterOfWeightsThatAreNoNumbersIsFound() {
        try (Adapter trained = Adapter.read(Golden.path("peft/gemma_lora"), base.config());
                Scope scope = Scope.open()) {
            Map<String, Adapter.Pair> pairs = new LinkedHashMap<>();
            trained.pairs()
                    .forEach((module, pair) -> pairs.put(
                            module,
                            new Adapter.Pair(
                                    pair.a().detach().times(Float.NaN).leaf(),
                                    pair.b().leaf(),
                                    1)));
            try (Adapter broken = Adapter.of(pairs)) {
                assertThatThrownBy(() -> AdapterCheck.active(base, broken, ROWS))
                        .hasMessage("a hidden state under the adapter is NaN or infinite");
            }
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
                        .hasMessage("the adapter is not active: some B is not 0 but the hidden states are the base's");
            }
        }
    }
}
