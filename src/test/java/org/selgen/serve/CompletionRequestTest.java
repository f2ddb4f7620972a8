package org.selgen.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.lm.Decoding;
import org.selgen.lm.StreamingGenerator;

/** What a request may ask for: stops, several answers, texts, and what is refused. */
class CompletionRequestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static ServedTiny served;

    @BeforeAll
    static void serve() throws IOException {
        served = ServedTiny.open();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void anAnswerEndsBeforeTheStop() throws Exception {
        String whole = served.answer();
        String stop = whole.substring(whole.length() / 2);
        String asked = ServedTiny.asking(",\"max_tokens\":32,\"stop\":" + JSON.writeValueAsString(List.of(stop)));
        JsonNode reply = JSON.readTree(served.post(asked).body());
        String text = reply.at("/choices/0/message/content").asText();
        assertThat(whole).startsWith(text);
        assertThat(text).isNotEqualTo(whole).doesNotContain(stop);
        assertThat(reply.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @Test
    void severalAnswersHaveTheSeedsThatFollow() throws Exception {
        String several = ServedTiny.asking(",\"max_tokens\":8,\"seed\":3,\"n\":3")
                .replace("\"temperature\":0", "\"temperature\":2");
        JsonNode reply = JSON.readTree(served.post(several).body());
        assertThat(reply.at("/choices")).hasSize(3);
        JsonNode second = JSON.readTree(
                served.post(several.replace("\"seed\":3,\"n\":3", "\"seed\":4")).body());
        assertThat(reply.at("/choices/1/index").asInt()).isEqualTo(1);
        assertThat(reply.at("/choices/1/message")).isEqualTo(second.at("/choices/0/message"));
    }

    @Test
    void aTextIsContinuedWithoutATemplate() throws Exception {
        String body =
                "{\"model\":\"tiny\",\"prompt\":\"the capital of\",\"max_tokens\":4,\"temperature\":0,\"logprobs\":2}";
        JsonNode reply = JSON.readTree(served.post("/completions", body).body());
        assertThat(reply.at("/object").asText()).isEqualTo("text_completion");
        assertThat(reply.at("/choices/0/text").asText()).isNotEmpty();
        assertThat(reply.at("/choices/0/logprobs/token_logprobs")).isNotEmpty();
        long prompt = served.model().tokenizer().encode("the capital of").length;
        assertThat(reply.at("/usage/prompt_tokens").asLong()).isEqualTo(prompt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"repetition_penalty\":1.1",
                "\"top_k\":40",
                "\"min_p\":0.1",
                "\"chat_template_kwargs\":{\"enable_thinking\":true}",
                "\"presence_penalty\":1",
                "\"logit_bias\":{\"3\":5}",
                "\"tools\":[{}]",
                "\"response_format\":{\"type\":\"json_object\"}",
                "\"reasoning_effort\":\"low\"",
                "\"whatever\":1",
            })
    void aFieldThatWouldChangeTheAnswerIsRefused(String field) throws Exception {
        HttpResponse<String> reply = served.post(ServedTiny.asking("," + field));
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains(field.split("\"", -1)[1] + " is not supported here; leave it out");
    }

    @Test
    void aFieldThatChangesNothingIsTaken() throws Exception {
        String idle =
                ",\"max_tokens\":1,\"user\":\"u\",\"top_k\":-1,\"min_p\":0,\"repetition_penalty\":1.0,\"stop\":null"
                        + ",\"chat_template_kwargs\":{\"enable_thinking\":false}";
        assertThat(served.post(ServedTiny.asking(idle)).statusCode()).isEqualTo(200);
    }

    @Test
    void promptAndAnswerAreBoundedTogether() throws Exception {
        long[] prompt = served.model().encoder(1000).prompt(List.of(Message.user(ServedTiny.WORDS)));
        StreamingGenerator small = new StreamingGenerator(served.model(), prompt.length + 2);
        StreamingGenerator.Result result = small.generate(prompt, Decoding.greedy(32), 0, token -> true);
        assertThat(result.tokens()).isEqualTo(2);
        assertThat(result.finish()).isEqualTo("length");
        assertThatThrownBy(() -> new StreamingGenerator(served.model(), prompt.length)
                        .prompt(List.of(Message.user(ServedTiny.WORDS))))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void aSystemTurnIsGivenToTheTemplateWhichMayRefuseIt() throws Exception {
        String asked = ServedTiny.asking(",\"max_tokens\":1")
                .replace("[{\"role\"", "[{\"role\":\"developer\",\"content\":\"be short\"},{\"role\"");
        assertThat(CompletionRequest.chat(asked.getBytes(StandardCharsets.UTF_8))
                        .chat())
                .containsExactly(new Message(Message.SYSTEM, "be short"), Message.user(ServedTiny.WORDS));
        HttpResponse<String> reply = served.post(asked);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("the toy model takes no system turn");
    }
}
