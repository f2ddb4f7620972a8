package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.Golden;
import org.selgen.lm.Adapter;
import org.selgen.lm.Batch;
import org.selgen.lm.Decoder;
import org.selgen.lm.Goldens;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;
import org.selgen.train.optimizer.Adamw;
import org.selgen.train.optimizer.OptimizerState;

class SftGoldenTest {
    @ParameterizedTest
    @CsvSource({"sft5,0", "sft5_clip1,1"})
    void fiveStepsOfFineTuningEndWithTorchsAdapter(String fixture, float clip) {
        Golden golden = Golden.open("adamw/" + fixture + ".safetensors");
        Schedule schedule = new Schedule(1e-3, 2, 5, Schedule.Shape.LINEAR);
        try (Decoder base = Decoder.open(Golden.path("models/gemma"), DType.F32);
                Adapter adapter = Adapter.read(Golden.path("peft/gemma_lora"), base.config());
                OptimizerState optimizer = new OptimizerState(Adamw.USUAL, adapter.parameters(), 0.01);
                Scope scope = Scope.open()) {
            Decoder lm = base.with(adapter);
            for (int s = 0; s < 5; s++) {
                Batch batch = Goldens.learnt(
                        golden, "step" + s + "/input_ids", "step" + s + "/attention_mask", "step" + s + "/labels");
                Tensor loss = lm.forward(batch).crossEntropy();
                List<Tensor> gradients = Autograd.gradients(loss, adapter.parameters());
                double norm = Tensors.globalNorm(gradients).item();
                assertThat(loss.item())
                        .isCloseTo(golden.floats("losses")[s], Offset.offset(golden.tolerance("losses_abs")));
                assertThat(norm).isCloseTo(golden.floats("grad_norms")[s], Offset.offset(1e-4));
                optimizer.step(OptimizerState.clipped(gradients, norm, clip), schedule.rate(s));
            }
            List<String> names = adapter.names();
            for (int i = 0; i < names.size(); i++) {
                Goldens.close(
                        "final/" + names.get(i), adapter.parameters().get(i), golden, golden.tolerance("final_abs"), 0);
            }
        }
    }
}
