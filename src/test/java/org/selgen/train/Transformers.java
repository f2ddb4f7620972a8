package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** What transformers and PEFT compute, in a process of Python; files go there and back in a folder. */
record Transformers(Path folder) {
    private static final int CANNOT_BE_HAD = 77;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Answers a request of {@code src/test/reference/compare.py}; where there is no Python to ask, the test ends as not run. */
    JsonNode asked(Map<String, Object> request) throws IOException, InterruptedException {
        Path asked = folder.resolve("request.json");
        Path said = folder.resolve("result.json");
        JSON.writeValue(asked.toFile(), request);
        Process reference = new ProcessBuilder("bash", "src/test/reference/compare", asked.toString(), said.toString())
                .redirectErrorStream(true)
                .start();
        String words = new String(reference.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = reference.waitFor();
        assumeTrue(code != CANNOT_BE_HAD, "not run: " + words);
        assertThat(code).as(words).isZero();
        return JSON.readTree(said.toFile());
    }
}
