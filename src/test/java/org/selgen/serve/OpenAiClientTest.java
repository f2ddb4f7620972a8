package org.selgen.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selgen.data.Message;
import org.selgen.lm.Assistant;
import org.selgen.lm.Decoding;

/** The official client of the protocol before our server. */
class OpenAiClientTest {
    private static ServedTiny served;
    private static OpenAIClient client;

    @BeforeAll
    static void serve() throws IOException {
        served = ServedTiny.open();
        client = OpenAIOkHttpClient.builder()
                .baseUrl(served.url())
                .apiKey("none")
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        served.close();
    }

    private static ChatCompletionCreateParams asking() {
        return ChatCompletionCreateParams.builder()
                .model("tiny")
                .addUserMessage(ServedTiny.WORDS)
                .temperature(0)
                .maxCompletionTokens(32)
                .logprobs(true)
                .topLogprobs(5)
                .build();
    }

    private static String answer() {
        return new Assistant(served.model(), Decoding.greedy(32)).reply(List.of(Message.user(ServedTiny.WORDS)));
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
