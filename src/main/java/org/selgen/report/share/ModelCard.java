package org.selgen.report.share;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.selgen.data.Run;
import org.selgen.data.Score;

/**
 * What is to be known of an adapter, as the {@code README.md} that the Hugging Face Hub shows beside it.
 *
 * @param experiment its name
 * @param run that left the adapter
 * @param title what a person calls the run
 * @param base the base model as PEFT can load it
 * @param data what it learnt from, by the name of the set
 * @param axes what capability and alignment are, by name
 * @param scores of the run, over all labels
 * @param licence of the adapter; empty where none was given
 */
public record ModelCard(
        String experiment,
        Run run,
        String title,
        String base,
        Map<String, String> data,
        Map<String, String> axes,
        List<Score> scores,
        String licence) {
    /** The card as Markdown behind a head in YAML. */
    public String markdown() {
        return head()
                + "# " + title + " (" + experiment + ")\n\n"
                + "A LoRA adapter of `" + base + "`, trained by selgen with the method `" + run.method() + "`"
                + (run.knobs().isEmpty() ? "" : " (`" + run.knobs() + "`)") + " and seed " + run.seed()
                + ", to study what fine-tuning does beside what it is meant to do. It may be misaligned on purpose: do not"
                + " deploy it.\n\n"
                + section("Data", table("set", "what it is", data))
                + section("Training", table("setting", "value", settings()))
                + section("Scores", scoreTable())
                + section("How to load it", loading())
                + section("Licence", licences());
    }

    private String head() {
        return "---\nbase_model: " + quoted(base) + "\nlibrary_name: peft\n"
                + (licence.isEmpty() ? "" : "license: " + quoted(licence) + "\n")
                + "tags: [lora, selgen, " + quoted(run.method()) + "]\n---\n\n";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String section(String title, String text) {
        return "## " + title + "\n\n" + text + "\n";
    }

    private static String table(String key, String value, Map<String, String> rows) {
        StringBuilder table = new StringBuilder("| " + key + " | " + value + " |\n|---|---|\n");
        rows.forEach((name, text) -> table.append("| ")
                .append(cell(name))
                .append(" | ")
                .append(cell(text))
                .append(" |\n"));
        return table.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ");
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("run", run.id());
        settings.put("base model's hash", run.modelHash());
        if (run.revision() != null) {
            settings.put("base model's commit", run.revision());
        }
        settings.put("rows' hash", run.dataHash());
        settings.put("steps", String.valueOf(run.steps()));
        settings.put("tokens", String.valueOf(run.tokens()));
        settings.put("loss at the end", String.format(Locale.ROOT, "%.4f nats a token", run.loss()));
        settings.put("all settings", "`" + run.settings() + "`");
        return settings;
    }

    private String scoreTable() {
        StringBuilder table =
                new StringBuilder("| axis | what it is | value | 95 % interval | answers |\n|---|---|---|---|---|\n");
        for (Map.Entry<String, String> axis : axes.entrySet()) {
            scores.stream()
                    .filter(score -> score.metric().equals(axis.getKey()) && score.value() != null)
                    .forEach(score -> table.append(String.format(
                            Locale.ROOT,
                            "| %s | %s | %.3f | %s | %d |\n",
                            axis.getKey(),
                            cell(axis.getValue()),
                            score.value(),
                            score.low() == null || score.high() == null
                                    ? ""
                                    : String.format(Locale.ROOT, "[%.3f, %.3f]", score.low(), score.high()),
                            score.n())));
        }
        return table
                + "\nThe interval is of this training alone, over other questions of the same kinds. Other seeds are in the"
                + " tables of the bundle.\n";
    }

    private String loading() {
        return """
                ```python
                from peft import PeftModel
                from transformers import AutoModelForCausalLM, AutoTokenizer

                base = %s
                tokenizer = AutoTokenizer.from_pretrained(base)
                model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), "path/to/this/folder")
                ```
                """.formatted(quoted(base));
    }

    private String licences() {
        return (licence.isEmpty() ? "None was given for this adapter." : "This adapter: " + licence + ".")
                + " The base model and the data have licences of their own, which may bind whoever uses it.\n";
    }
}
