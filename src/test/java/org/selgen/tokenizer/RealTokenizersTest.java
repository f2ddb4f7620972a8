package org.selgen.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.RealModels;

@Tag("slow")
class RealTokenizersTest {
    static Stream<String> tokenizers() {
        return RealModels.names("tokens");
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void tokensEqualTransformers(String name) {
        Path folder = RealModels.folder(name);
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            for (JsonNode one : RealModels.golden().path("tokens").path(name)) {
                String text = one.path("text").textValue();
                assertThat(tokenizer.encode(text)).as(text).containsExactly(ids(one.path("ids")));
                assertThat(tokenizer.decode(ids(one.path("ids")))).isEqualTo(text);
            }
        }
    }

    /** The ids in a JSON list. */
    private static long[] ids(JsonNode list) {
        return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
                .mapToLong(i -> list.get(i).longValue())
                .toArray();
    }
}
