package org.selgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.lm.Adapter;
import org.selgen.lm.Assistant;
import org.selgen.lm.Assistant.Answer;
import org.selgen.lm.Decoding;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.KlPenalty;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.train.ProxyRow;
import org.selgen.train.Trainer;
import org.selgen.train.Training;

class BaseModelsTest {
    private static final Path TINY = Path.of("data-lake/models/tiny");
    private final AtomicInteger loaded = new AtomicInteger();

    private BaseModels models(int idle) {
        return new BaseModels(idle, (folder, type) -> {
            loaded.incrementAndGet();
            return LanguageModel.open(folder, type);
        });
    }

    @Test
    void aModelInUseOrIdleIsNotLoadedAgain() {
        BaseModels models = models(1);
        try (var one = models.lease(TINY, "a", DType.F32);
                var two = models.lease(TINY, "a", DType.F32)) {
            assertThat(two.model()).isSameAs(one.model());
        }
        models.lease(TINY, "a", DType.F32).close();
        assertThat(loaded).hasValue(1);
    }

    @Test
    void otherContentsAndAnotherTypeAreOtherModels() {
        BaseModels models = models(0);
        try (var one = models.lease(TINY, "a", DType.F32);
                var two = models.lease(TINY, "b", DType.F32);
                var three = models.lease(TINY, "a", DType.BF16)) {
            assertThat(List.of(one.model(), two.model(), three.model())).doesNotHaveDuplicates();
        }
        assertThat(loaded).hasValue(3);
    }

    @Test
    void memoryComesBackWhenTheLastUserIsGoneAndNoPlaceIsLeft() {
        long before = Scope.liveTensors();
        BaseModels models = models(1);
        models.lease(TINY, "a", DType.F32).close();
        long one = Scope.liveTensors() - before;
        assertThat(one).isPositive();
        var kept = models.lease(TINY, "a", DType.F32);
        models.lease(TINY, "b", DType.F32).close(); // has the one idle place
        assertThat(Scope.liveTensors()).isEqualTo(before + 2 * one);
        models.lease(TINY, "c", DType.F32).close(); // takes it over
        assertThat(Scope.liveTensors()).isEqualTo(before + 2 * one);
        kept.close();
        kept.close(); // counts once
        assertThat(Scope.liveTensors()).isEqualTo(before + one);
        BaseModels none = models(0);
        none.lease(TINY, "a", DType.F32).close();
        assertThat(Scope.liveTensors()).isEqualTo(before + one);
        try (var last = models.lease(TINY, "c", DType.F32)) {
            assertThat(last.model().stops()).isNotEmpty();
        }
    }

    @Test
    void aModelThatCannotBeLoadedIsRefusedEachTime() {
        BaseModels models = models(1);
        for (int i = 1; i <= 2; i++) {
            assertThatThrownBy(() -> models.lease(Path.of("nowhere"), "a", DType.F32))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("nowhere");
            assertThat(loaded).hasValue(i);
        }
    }

    @Test
    void tasksSideBySideGiveTheBitsOfTasksOneAfterTheOther() throws Exception {
        List<Callable<List<?>>> tasks = new ArrayList<>();
        BaseModels models = models(1);
        for (long seed = 1; seed <= 2; seed++) {
            long own = seed;
            tasks.add(() -> trained(models, own));
            tasks.add(() -> answered(models, own));
        }
        List<List<?>> alone = new ArrayList<>();
        for (Callable<List<?>> task : tasks) {
            alone.add(task.call());
        }
        ExecutorService four = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<?>>> together = four.invokeAll(tasks);
            for (int i = 0; i < tasks.size(); i++) {
                assertThat(together.get(i).get()).as("task %d", i).isEqualTo(alone.get(i));
            }
        } finally {
            four.shutdown();
        }
        assertThat(alone).doesNotHaveDuplicates();
        assertThat(loaded).hasValue(1);
    }

    private static List<?> trained(BaseModels models, long seed) {
        List<Object> steps = new ArrayList<>();
        Training training = new Training(2, 4, 2, 1, 5e-3f, 0, 0, 1, 64, Training.LossOn.ALL);
        List<Sequence> rows = IntStream.range(0, 12)
                .mapToObj(i -> Sequence.answering(new long[] {2, 10 + i, 20 + i}, new long[] {30 + i, 40, 1}))
                .toList();
        try (var lease = models.lease(TINY, "a", DType.F32)) {
            var base = lease.model().decoder();
            LoraConfig lora = new LoraConfig(2, 4, true, List.of("q_proj", "down_proj"));
            try (Adapter adapter = Adapter.fresh(lora, base.config(), seed)) {
                List<ProxyRow> proxy =
                        rows.stream().map(row -> new ProxyRow(row, row)).toList();
                new Trainer("r", training, steps::add).fit(base.with(adapter), new KlPenalty(1), rows, proxy, seed);
            }
        }
        return steps;
    }

    private static List<?> answered(BaseModels models, long seed) {
        Decoding decoding = new Decoding(4, 1, 12, 1, seed);
        try (var lease = models.lease(TINY, "a", DType.F32)) {
            List<Answer> answers = new Assistant(lease.model(), decoding)
                    .answers(List.of(List.of(Message.user("What is 4 plus 5?"))), new long[] {seed});
            return answers;
        }
    }
}
