package org.selgen.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoresTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 100})
    void eachPartIsDoneOnce(int parts) {
        AtomicIntegerArray done = new AtomicIntegerArray(Math.max(1, parts));
        Cores.each(parts, done::incrementAndGet);
        for (int i = 0; i < parts; i++) {
            assertThat(done.get(i)).isEqualTo(1);
        }
    }

    @Test
    void anIdleCoreHelps() {
        int before = Cores.count();
        Cores.limit(1000); // more than all other tests take
        try {
            CountDownLatch both = new CountDownLatch(2);
            Cores.each(2, part -> {
                both.countDown();
                assertThat(reached(both)).as("the other part is at work").isTrue();
            });
        } finally {
            Cores.limit(before);
        }
    }

    private static boolean reached(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatAPartThrowsComesOutAfterTheOthersAreDone() {
        AtomicIntegerArray done = new AtomicIntegerArray(6);
        assertThatThrownBy(() -> Cores.each(6, part -> {
                    done.incrementAndGet(part);
                    if (part == 2 || part == 4) {
                        throw new IllegalStateException("part " + part);
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("part 2");
        assertThat(done).hasToString("[1, 1, 1, 1, 1, 1]");
    }

    @Test
    void anInterruptIsKeptUntilAllAreDone() {
        AtomicIntegerArray done = new AtomicIntegerArray(4);
        Thread.currentThread().interrupt();
        Cores.each(4, done::incrementAndGet);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).hasToString("[1, 1, 1, 1]");
    }

    @Test
    void partsHaveGradientsWhereTheirTaskHas() {
        Boolean[] on = new Boolean[8];
        Autograd.off(() -> Cores.each(8, part -> on[part] = Autograd.isOn()));
        assertThat(on).containsOnly(false);
        Cores.each(8, part -> on[part] = Autograd.isOn());
        assertThat(on).containsOnly(true);
    }

    @Test
    void tensorsOfPartsCountWithTheirTasks() {
        long before = Scope.liveTensors();
        Scope all = Scope.detached();
        Cores.each(8, part -> {
            try (Scope scope = Scope.open()) {
                Tensor.zeros(DType.F32, 2);
                all.keep(Tensor.zeros(DType.F32, 3));
            }
        });
        assertThat(Scope.liveTensors()).isEqualTo(before + 8);
        all.close();
        assertThat(Scope.liveTensors()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8, 1",
        "3.9e9, 8, 1",
        "4e9, 8, 2",
        "9e9, 8, 4",
        "7e9, 8, 2",
        "1e12, 6, 4",
        "1e12, 8, 8",
        "1e12, 1, 1",
        "1e12, 99, 16"
    })
    void partsAreAsManyAsTheWorkPaysFor(double operations, int most, int parts) {
        assertThat(Cores.parts(operations, most)).isEqualTo(parts);
    }
}
