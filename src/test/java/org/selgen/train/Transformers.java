package org.selgen.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.selgen.Peers;

/** What transformers and PEFT compute, in a process of Python; files go there and back in a folder. */
record Transformers(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Answers a request of {@code src/test/interop/compare.py}; where there is no Python to ask, the test ends as not run. */
    JsonNode asked(Map<String, Object> request) throws IOException, InterruptedException {
        Path asked = folder.resolve("request.json");
        Path said = folder.resolve("result.json");
        JSON.writeValue(asked.toFile(), request);
        Peers.said("compare", asked.toString(), said.toString());
        return JSON.readTree(said.toFile());
    }
}
