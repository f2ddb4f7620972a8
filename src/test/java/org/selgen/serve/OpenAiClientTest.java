package org.selgen.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selgen.data.Message;
import org.selgen.http.ApiKey;
import org.selgen.lm.Assistant;
import org.selgen.lm.Decoding;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.StreamingGenerator;
import org.selgen.tensor.DType;

/** The official client of the protocol before our server. */
class OpenAiClientTest {
    private static final String WORDS = "what is the capital of france ?";
    private static LanguageModel model;
    private static ChatServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void serve() throws IOException {
        model = LanguageModel.open(Path.of("data-lake/models/tiny"), DType.F32);
        server = new ChatServer(
                Map.of("tiny", new StreamingGenerator(model)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ApiKey.NONE,
                Clock.systemUTC());
        client = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + server.port() + "/v1")
                .apiKey("none")
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        model.close();
    }

    private static ChatCompletionCreateParams asking() {
        return ChatCompletionCreateParams.builder()
                .model("tiny")
                .addUserMessage(WORDS)
                .temperature(0)
                .maxCompletionTokens(32)
                .logprobs(true)
                .topLogprobs(5)
                .build();
    }

    private static String answer() {
        return new Assistant(model, Decoding.greedy(32)).reply(List.of(Message.user(WORDS)));
    }

    @Test
    void itReadsTheAnswerAndItsProbabilities() {
        ChatCompletion.Choice choice =
                client.chat().completions().create(asking()).choices().get(0);
        assertThat(choice.message().content()).contains(answer());
        assertThat(choice.logprobs().orElseThrow().content().orElseThrow())
                .isNotEmpty()
                .allMatch(token -> token.topLogprobs().size() == 5 && token.logprob() <= 0);
    }

    @Test
    void itReadsTheStream() {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(asking())) {
            assertThat(stream.stream()
                            .flatMap(chunk -> chunk.choices().stream())
                            .map(choice -> choice.delta().content().orElse(""))
                            .collect(Collectors.joining()))
                    .isEqualToIgnoringWhitespace(answer());
        }
    }

    @Test
    void itListsTheModels() {
        assertThat(client.models().list().data()).extracting(each -> each.id()).containsExactly("tiny");
    }
}
