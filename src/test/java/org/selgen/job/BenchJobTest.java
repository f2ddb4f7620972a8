package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.BadInput;
import picocli.CommandLine;

class BenchJobTest {
    @Test
    void theNumbersAreOneJsonObject() throws IOException {
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new BenchJob()).setCaseInsensitiveEnumValuesAllowed(true);
        command.setOut(new PrintWriter(out));
        assertThat(command.execute(
                        "--steps",
                        "2",
                        "--shape",
                        "2x8",
                        "--only",
                        "train,methods",
                        "--threads",
                        "2",
                        "--format",
                        "json"))
                .isZero();
        JsonNode numbers = new ObjectMapper().readTree(out.toString());
        assertThat(numbers.fieldNames())
                .toIterable()
                .containsExactly(
                        "roof_gflops",
                        "train_step_ms",
                        "train_tokens_per_s",
                        "train_gflops",
                        "train_roof_fraction",
                        "one_run_cores",
                        "sweep_ratio",
                        "kl_step_ratio",
                        "representation_step_ratio",
                        "dpo_step_ratio",
                        "peak_bytes");
        assertThat(numbers).allMatch(number -> number.asDouble() > 0);
    }

    @ParameterizedTest
    @CsvSource({"--shape, 16, 16x64", "--only, speed, train", "--steps, 0, at least 1"})
    void whatCannotBeMeasuredIsRefused(String option, String value, String mend) {
        BenchJob bench = new BenchJob();
        new CommandLine(bench).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(option, value);
        assertThatThrownBy(bench::call)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(option)
                .hasMessageContaining(mend);
    }
}
