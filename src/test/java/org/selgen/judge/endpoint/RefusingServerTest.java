package org.selgen.judge.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selgen.judge.Court.NEVER_STOP;
import static org.selgen.judge.Court.undisturbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.Judgement;
import org.selgen.judge.BatchJudge.Counts;
import org.selgen.judge.Court;
import org.selgen.judge.endpoint.CrookedServer.Misbehaviour;

/** What an endpoint refuses of a request is left out once; what its model or its filter refuses to grade is asked once. */
class RefusingServerTest {
    private static final int ROWS = 6;

    /** Refuses requests that hold a parameter, in the words of some service, and keeps the others. */
    private static final class Strict implements Misbehaviour {
        private final Map<String, String> refused = new TreeMap<>();
        private final Queue<JsonNode> answered = new ConcurrentLinkedQueue<>();
        private int status = 400;

        Strict refusing(String parameter, String body) {
            refused.put(parameter, body);
            return this;
        }

        @Override
        public boolean spoil(HttpExchange exchange, String good, int time) {
            throw new AssertionError("it heeds what is asked");
        }

        @Override
        public boolean spoil(HttpExchange exchange, JsonNode request, String good, int time) throws IOException {
            for (Map.Entry<String, String> each : refused.entrySet()) {
                if (request.has(each.getKey())) {
                    CrookedServer.send(exchange, status, "application/json", each.getValue());
                    return true;
                }
            }
            answered.add(request);
            CrookedServer.send(exchange, 200, "application/json", request.has("logprobs") ? good : words(good));
            return true;
        }
    }

    /** The reply without probabilities, said to its end. */
    private static String words(String good) {
        return good.replace("length", "stop").replaceAll("(?s),\\s*\"logprobs\":\\{.*?}]}]}", "");
    }

    private static Endpoint patient(String url) {
        return new Endpoint(url, "toy", null, null, 60, 8, 8, 30, 4, 0, 0, 1, 1);
    }

    private static String openAi(String parameter) {
        return "{\"error\":{\"message\":\"Unsupported: '%s' is no good here.\",\"param\":\"%s\",\"code\":\"unsupported\"}}"
                .formatted(parameter, parameter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "max_tokens | 400 | {'error':{'message':'Use max_completion_tokens in place of it.','param':'max_tokens'}}",
                "max_tokens | 400 | {'error':{'message':'max_tokens is not supported with this model.','param':null}}",
                "temperature | 400 | {'error':{'message':'It does not support 0. Only 1 is.','param':'temperature'}}",
                "temperature | 422 | {'detail':'temperature: must not be given'}",
                "seed | 422 | {'detail':[{'loc':['body','seed'],'msg':'Extra inputs are not permitted'}]}",
                "seed | 400 | [{'error':{'code':400,'message':'Unknown name \\'seed\\': Cannot find field.','status':'INVALID'}}]",
                "seed | 501 | {'message':'`seed` is not implemented'}",
                "seed | 400 | {'error':{'message':'Provider returned error','metadata':{'raw':'no such field: seed'}}}",
                "seed | 400 | property seed is unsupported"
            })
    void aRefusedParameterIsGivenOtherwiseOrLeftOutOnce(String parameter, int status, String body)
            throws IOException, InterruptedException {
        Strict strict =
                new Strict().refusing(parameter, body.replace("\\'", "`").replace('\'', '"'));
        strict.status = status;
        try (CrookedServer server = new CrookedServer(strict)) {
            Court court = new Court();
            HttpChatModel model = new HttpChatModel(patient(server.url()));
            assertThat(court.judge(model, ROWS, NEVER_STOP)).isEqualTo(new Counts(ROWS, 0, 0));
            assertThat(server.calls).hasValue(ROWS + 1);
            assertThat(model.refused()).contains(parameter);
            assertThat(court.read()).isEqualTo(undisturbed(ROWS));
        }
    }

    @Test
    void aModelThatThinksIsAskedInItsWayAndHasRoomForThoughts() throws IOException, InterruptedException {
        Strict strict = new Strict();
        List.of("max_tokens", "temperature", "logprobs", "top_logprobs")
                .forEach(each -> strict.refusing(each, openAi(each)));
        try (CrookedServer server = new CrookedServer(strict)) {
            Court court = new Court();
            HttpChatModel model = new HttpChatModel(patient(server.url()));
            court.judge(model, ROWS, NEVER_STOP);
            assertThat(server.calls).hasValue(ROWS + 3);
            assertThat(model.refused())
                    .isEqualTo("max_completion_tokens in place of max_tokens, no logprobs, no temperature");
            assertThat(strict.answered)
                    .hasSize(ROWS)
                    .allMatch(asked -> asked.path("max_completion_tokens").asInt() > 1000);
            assertThat(court.read()).allMatch(row -> row.score() != null && row.score() == Math.rint(row.score()));
            assertThat(court.read())
                    .allMatch(row -> row.reason()
                            .startsWith(
                                    "without log-probabilities, which the endpoint refuses, the reply is the number"));
        }
    }

    @Test
    void anEndpointThatGivesFewLikeliestTokensIsAskedForFew() throws IOException, InterruptedException {
        Misbehaviour few = new Misbehaviour() {
            @Override
            public boolean spoil(HttpExchange exchange, String good, int time) {
                throw new AssertionError("it heeds what is asked");
            }

            @Override
            public boolean spoil(HttpExchange exchange, JsonNode request, String good, int time) throws IOException {
                if (request.path("top_logprobs").asInt() <= 5) {
                    return false;
                }
                CrookedServer.send(exchange, 400, "application/json", openAi("top_logprobs"));
                return true;
            }
        };
        try (CrookedServer server = new CrookedServer(few)) {
            Court court = new Court();
            HttpChatModel model = new HttpChatModel(patient(server.url()));
            court.judge(model, ROWS, NEVER_STOP);
            assertThat(model.refused()).isEqualTo("top_logprobs 5");
            assertThat(server.calls).hasValue(ROWS + 1);
            assertThat(court.read()).isEqualTo(undisturbed(ROWS));
        }
    }

    @Test
    void aRefusalThatAnotherNameDoesNotMendIsAnErrorAndNothingIsRemembered() throws IOException, InterruptedException {
        Strict strict = new Strict()
                .refusing("max_tokens", openAi("max_tokens"))
                .refusing("max_completion_tokens", openAi("max_completion_tokens"));
        try (CrookedServer server = new CrookedServer(strict)) {
            Court court = new Court();
            HttpChatModel model = new HttpChatModel(patient(server.url()));
            assertThat(court.judge(model, 2, NEVER_STOP)).isEqualTo(new Counts(2, 2, 0));
            assertThat(model.refused()).isEmpty();
            assertThat(court.read())
                    .extracting(Judgement::reason)
                    .containsOnly("the endpoint answers 400: Unsupported: 'max_completion_tokens' is no good here.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "400 | {'error':{'code':'content_filter','message':'Filtered by a policy.','param':'prompt'}}",
                "400 | {'error':{'code':null,'message':'Filtered.','innererror':{'code':'ResponsibleAIPolicyViolation'}}}",
                "400 | {'code':'data_inspection_failed','message':'Filtered, it may be bad.'}",
                "400 | {'error':{'message':'Filtered: the prompt was flagged.'}}",
                "403 | {'error':{'code':403,'message':'Filtered','metadata':{'reasons':['x'],'flagged_input':'y'}}}",
                "200 | {'choices':[{'finish_reason':'content_filter','message':{'role':'assistant'}}]}",
                "200 | {'choices':[{'finish_reason':'content_filter: Filtered','message':{'content':null}}]}",
                "200 | {'choices':[{'finish_reason':'stop','message':{'content':null,'refusal':'Filtered: I will not.'}}]}",
                "200 | {'choices':[{'finish_reason':'stop','message':{'content':'','refusal':'Filtered'},'logprobs':null}]}"
            })
    void aRefusalToGradeIsNoScoreAndNotAskedForAgain(int status, String body) throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer((exchange, good, time) -> {
            CrookedServer.send(exchange, status, "application/json", body.replace('\'', '"'));
            return true;
        })) {
            Court court = new Court();
            assertThat(court.judge(new HttpChatModel(patient(server.url())), ROWS, NEVER_STOP))
                    .isEqualTo(new Counts(ROWS, 0, 0));
            assertThat(court.judge(new HttpChatModel(patient(server.url())), ROWS, NEVER_STOP))
                    .isEqualTo(new Counts(0, 0, 0));
            assertThat(server.calls).hasValue(ROWS);
            assertThat(court.read()).allMatch(row -> row.verdict().equals("unreadable") && row.score() == null);
            assertThat(court.read())
                    .allMatch(row -> row.reason().startsWith("the judge refused (")
                            && row.reason().contains("ilter"));
        }
    }

    @Test
    void anErrorCarriesTheEndpointsOwnWordsBoundedAndWithoutWhatATerminalObeys()
            throws IOException, InterruptedException {
        String words = "No\\u001b[31m room\\nfor \\u202ethis: " + "long ".repeat(200);
        try (CrookedServer server = new CrookedServer((exchange, good, time) -> {
            CrookedServer.send(exchange, 400, "application/json", "{\"error\":{\"message\":\"" + words + "\"}}");
            return true;
        })) {
            Court court = new Court();
            court.judge(new HttpChatModel(patient(server.url())), 1, NEVER_STOP);
            assertThat(court.read().get(0).reason())
                    .startsWith("the endpoint answers 400: No[31m room for this: long long")
                    .endsWith("…")
                    .hasSizeLessThan(340);
            assertThat(server.calls).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><h1>Out of order</h1></html>",
                "Out of order",
                "{\"error\":\"Out of order\"}",
                "{\"errors\":[{\"message\":\"Out of order\"}]}",
                "{\"object\":\"error\",\"message\":\"Out of order\"}"
            })
    void aServiceThatFailsIsQuotedToo(String body) throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer((exchange, good, time) -> {
            CrookedServer.send(exchange, 500, "text/html", body);
            return true;
        })) {
            Court court = new Court();
            Endpoint hasty = new Endpoint(server.url(), "toy", null, null, 5, 8, 2, 30, 4, 0, 0, 0, 0);
            court.judge(new HttpChatModel(hasty), 1, NEVER_STOP);
            assertThat(court.read().get(0).reason()).isEqualTo("the endpoint answers 500: Out of order; tried 2 times");
        }
    }
}
