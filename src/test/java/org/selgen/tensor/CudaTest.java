package org.selgen.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CudaTest {
    /** On the device that every machine has; on another the same must happen. */
    @Test
    void aBf16StepBringsTheLossFromOneToZero() {
        assertThat(Cuda.step("cpu")).containsExactly(1, 0);
    }

    @Test
    void theLibraryOfTheBuildIsForTheCpu() {
        assertThat(Cuda.built()).isFalse();
        assertThat(Cuda.library()).startsWith("PyTorch 2.").contains(" in /");
    }
}
