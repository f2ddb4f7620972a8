package org.selgen.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Run;
import org.selgen.file.JsonFile;

/** How runs were trained, and what each took. */
final class RunTables {
    private static final String NOTE =
            "A run's id is the hash of everything that decides its weights. Loss: mean over the last"
                    + " tenth of the steps, nats a token. Epoch: that whose adapter the run is. Tokens are real ones, without padding.";

    private RunTables() {}

    static List<PageTable> of(List<Run> runs) {
        return List.of(training(runs), runs(runs));
    }

    /** A row for each setting of training, a column for each kind of run that differs in one. */
    private static PageTable training(List<Run> runs) {
        List<Map<String, String>> kinds = runs.stream()
                .map(Run::settings)
                .filter(settings -> !settings.isBlank())
                .distinct()
                .map(RunTables::flat)
                .filter(kind -> !kind.isEmpty()) // the base model's
                .toList();
        Set<String> keys = new LinkedHashSet<>();
        kinds.forEach(kind -> keys.addAll(kind.keySet()));
        List<String> columns = new ArrayList<>(List.of("setting"));
        IntStream.range(0, kinds.size()).forEach(i -> columns.add(kinds.size() == 1 ? "value" : "value " + (i + 1)));
        return new PageTable(
                "Settings of training",
                kinds.size() > 1 ? "Runs of this experiment have more than one set of them." : "",
                columns,
                keys.stream().map(key -> row(key, kinds)).toList());
    }

    private static List<@Nullable String> row(String key, List<Map<String, String>> kinds) {
        List<@Nullable String> row = new ArrayList<>(List.of(key));
        kinds.forEach(kind -> row.add(kind.get(key)));
        return row;
    }

    private static Map<String, String> flat(String settings) {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", JsonFile.parse(settings, "the settings of a run"), flat);
        return flat;
    }

    /** Names of values within values are joined by dots. */
    private static void flatten(String name, JsonNode value, Map<String, String> into) {
        if (value.isObject() && (name.isEmpty() || !value.isEmpty())) {
            value.fields()
                    .forEachRemaining(field -> flatten(
                            name.isEmpty() ? field.getKey() : name + "." + field.getKey(), field.getValue(), into));
        } else if (value.isArray()) {
            List<String> some = new ArrayList<>();
            value.forEach(each -> some.add(each.isValueNode() ? each.asText() : each.toString()));
            into.put(name, String.join(", ", some));
        } else {
            into.put(name, value.isValueNode() ? value.asText() : "none");
        }
    }

    private static PageTable runs(List<Run> runs) {
        return new PageTable(
                "Runs",
                NOTE,
                List.of(
                        "run",
                        "method",
                        "knobs",
                        "seed",
                        "status",
                        "why",
                        "steps",
                        "epoch",
                        "tokens",
                        "loss",
                        "time (s)",
                        "tokens/s",
                        "device",
                        "machine",
                        "GPU",
                        "peak (MiB)",
                        "recipe",
                        "data",
                        "base model"),
                runs.stream().map(RunTables::cells).toList());
    }

    private static List<@Nullable Object> cells(Run run) {
        boolean trained = run.steps() > 0;
        return Arrays.asList(
                run.id(),
                run.method(),
                run.knobs(),
                run.seeded() ? run.seed() : null,
                run.status().column(),
                run.reason(),
                trained ? run.steps() : null,
                run.epoch(),
                trained ? run.tokens() : null,
                trained && Double.isFinite(run.loss()) ? ScoreCells.rounded(run.loss()) : null,
                trained ? Math.round(10 * run.seconds()) / 10.0 : null,
                trained && run.seconds() > 0 ? Math.round(run.tokens() / run.seconds()) : null,
                run.device(),
                run.host(),
                run.gpu(),
                run.gpuPeakMib(),
                run.recipe(),
                run.dataHash(),
                run.modelHash());
    }
}
