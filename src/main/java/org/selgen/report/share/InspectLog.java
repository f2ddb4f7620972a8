package org.selgen.report.share;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.file.Archive;

/**
 * One run's answers and judgements as a log of Inspect (inspect_ai), version 2: a zip file of JSON.
 * <pre>
 *   _journal/start.json              what was evaluated
 *   samples/ID_epoch_N.json          a question, its answer, and a score by each judge
 *   summaries.json                   the same in short, which Inspect View lists
 *   header.json                      what was evaluated, and the scores of the run
 * </pre>
 * A sample is a question, an epoch one of its answers, counted from 1. A score's value is the judge's number where there is one,
 * else its verdict. Source: inspect_ai, log/_log.py and log/_recorders/eval.py.
 *
 * @param experiment names the task
 * @param run whose answers they are
 * @param title what a person calls the run
 * @param scores of the run, over all labels
 * @param created when it answered; the time that the log gives
 */
public record InspectLog(String experiment, Run run, String title, List<Score> scores, Instant created) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 2;
    private static final int SHORT = 1000; // characters of a text in a summary

    /**
     * Writes the log. Samples and their summaries go to the disk as they come.
     *
     * @param answers each once
     */
    public void write(Path file, Iterator<JudgedAnswer> answers) throws IOException {
        Path summaries = Files.createTempFile("selgen", ".json");
        try {
            Archive.write(file, archive -> write(archive, summaries, answers));
        } finally {
            Files.deleteIfExists(summaries);
        }
    }

    private void write(Archive archive, Path summaries, Iterator<JudgedAnswer> answers) throws IOException {
        archive.put("_journal/start.json", JSON.writeValueAsString(start()));
        int samples = 0;
        try (BufferedWriter list = Files.newBufferedWriter(summaries)) {
            while (answers.hasNext()) {
                ObjectNode sample = sample(answers.next());
                String name = sample.get("id").asText() + "_epoch_" + sample.get("epoch") + ".json";
                archive.put("samples/" + name, JSON.writeValueAsString(sample));
                list.write((samples == 0 ? "[" : ",\n") + JSON.writeValueAsString(summary(sample)));
                samples++;
            }
            list.write(samples == 0 ? "[]" : "]");
        }
        archive.put("summaries.json", summaries);
        archive.put("header.json", JSON.writeValueAsString(header(samples)));
    }

    private ObjectNode start() {
        ObjectNode start = JSON.createObjectNode();
        start.put("version", VERSION);
        start.set("eval", eval());
        start.putObject("plan")
                .put("name", "selgen")
                .putArray("steps")
                .addObject()
                .put("solver", "generate");
        return start;
    }

    private ObjectNode eval() {
        ObjectNode eval = JSON.createObjectNode();
        eval.put("eval_id", run.id());
        eval.put("run_id", run.id());
        eval.put("created", created.toString());
        eval.put("task", experiment);
        eval.put("task_id", experiment + "-" + run.id());
        eval.put("task_display_name", experiment + ": " + title);
        eval.putObject("dataset").put("name", experiment);
        eval.put("model", "selgen/" + run.model());
        eval.putObject("model_args")
                .put("method", run.method())
                .put("knobs", run.knobs())
                .put("seed", run.seed());
        eval.putArray("tags").add(run.method());
        eval.putObject("config");
        eval.putObject("packages");
        ObjectNode metadata = eval.putObject("metadata");
        metadata.put("run", run.id());
        metadata.put("modelHash", run.modelHash());
        metadata.put("dataHash", run.dataHash());
        metadata.put("settings", run.settings());
        return eval;
    }

    /** An id is part of a file's name in the zip. */
    private static String id(Question question) {
        return (question.dataset() + ":" + question.id()).replaceAll("[/\\\\\\p{Cntrl}]", "_");
    }

    private ObjectNode sample(JudgedAnswer of) {
        Question question = of.question();
        Generation answer = of.answer();
        ObjectNode sample = JSON.createObjectNode();
        sample.put("id", id(question));
        sample.put("epoch", answer.sample() + 1);
        messages(sample.putArray("input"), question.prompt());
        sample.put("target", question.gold());
        ArrayNode messages = sample.putArray("messages");
        messages(messages, question.prompt());
        messages.add(assistant(answer));
        ObjectNode output = sample.putObject("output");
        output.put("model", run.model());
        ObjectNode choice = output.putArray("choices").addObject();
        choice.set("message", assistant(answer));
        choice.put("stop_reason", answer.finish().equals("length") ? "max_tokens" : "stop");
        output.put("completion", answer.answer());
        output.putObject("usage").put("output_tokens", answer.tokens()).put("total_tokens", answer.tokens());
        ObjectNode scored = sample.putObject("scores");
        of.judgements().forEach(judgement -> scored.set(judgement.rubric(), score(judgement, answer)));
        ObjectNode metadata = sample.putObject("metadata");
        metadata.put("dataset", question.dataset());
        metadata.put("label", question.label());
        metadata.put("group", question.group());
        metadata.put("variant", question.variant().name());
        metadata.put("decoding", answer.decoding());
        return sample;
    }

    private static void messages(ArrayNode array, List<Message> chat) {
        chat.forEach(message -> array.addObject().put("role", message.role()).put("content", message.content()));
    }

    private static ObjectNode assistant(Generation answer) {
        return JSON.createObjectNode()
                .put("role", "assistant")
                .put("content", answer.answer())
                .put("source", "generate");
    }

    private static ObjectNode score(Judgement judgement, Generation answer) {
        ObjectNode score = JSON.createObjectNode();
        if (judgement.score() == null) {
            score.put("value", judgement.verdict());
        } else {
            score.put("value", judgement.score());
        }
        score.put("answer", answer.answer());
        score.put("explanation", judgement.reason());
        score.putObject("metadata").put("verdict", judgement.verdict()).put("reply", judgement.reply());
        return score;
    }

    /** What a list of samples shows: long texts cut, and no messages. */
    private static ObjectNode summary(ObjectNode sample) {
        ObjectNode summary = sample.deepCopy();
        summary.remove(List.of("messages", "output"));
        cut(summary);
        summary.put("completed", true);
        summary.put("message_count", sample.get("messages").size());
        return summary;
    }

    private static void cut(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                String text = field.getValue().asText("");
                if (text.length() > SHORT) {
                    field.setValue(object.textNode(text.substring(0, SHORT) + "…"));
                }
            }
        }
        node.forEach(InspectLog::cut);
    }

    private ObjectNode header(int samples) {
        ObjectNode header = JSON.createObjectNode();
        header.put("version", VERSION);
        header.put("status", "success");
        ObjectNode start = start();
        header.set("eval", start.get("eval"));
        header.set("plan", start.get("plan"));
        ObjectNode results = header.putObject("results");
        results.put("total_samples", samples).put("completed_samples", samples);
        ArrayNode scored = results.putArray("scores");
        scores.stream().filter(score -> score.value() != null).forEach(score -> scored.add(result(score)));
        header.putObject("stats").put("started_at", created.toString()).put("completed_at", created.toString());
        return header;
    }

    private static ObjectNode result(Score score) {
        ObjectNode result = JSON.createObjectNode();
        result.put("name", score.metric()).put("scorer", score.metric());
        result.put("scored_samples", score.n()).put("unscored_samples", score.unscored());
        ObjectNode metrics = result.putObject("metrics");
        metrics.putObject("mean").put("name", "mean").put("value", score.value());
        if (score.low() != null && score.high() != null) {
            metrics.putObject("low").put("name", "low").put("value", score.low());
            metrics.putObject("high").put("name", "high").put("value", score.high());
        }
        return result;
    }
}
