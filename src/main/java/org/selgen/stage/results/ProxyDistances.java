package org.selgen.stage.results;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.selgen.data.Example;
import org.selgen.data.Message;
import org.selgen.data.Proximity;
import org.selgen.data.Question;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.SetName;
import org.selgen.file.Fingerprint;
import org.selgen.lake.Lake;
import org.selgen.overlap.Shingles;
import org.selgen.overlap.TfIdfDistance;

/** The table {@code proximity}: how far each proxy dataset lies from each kind of question. */
final class ProxyDistances {
    private final Experiment experiment;
    private final Lake lake;

    ProxyDistances(Experiment experiment, Lake lake) {
        this.experiment = experiment;
        this.lake = lake;
    }

    private record QuestionLabel(String dataset, String label) {}

    /** Puts the experiment's rows; measures nothing where the texts are those of the rows already there. */
    void put(Collection<Question> all) throws IOException {
        Map<String, List<String>> proxies = new LinkedHashMap<>();
        for (String name : experiment.data().proxy()) {
            proxies.put(
                    name,
                    texts(lake.examples().read(SetName.of(name, SetName.PROXY)).stream()
                            .map(Example::prompt)
                            .toList()));
        }
        Map<QuestionLabel, List<List<Message>>> prompts = new LinkedHashMap<>();
        for (Question question : all) {
            prompts.computeIfAbsent(new QuestionLabel(question.dataset(), question.label()), asked -> new ArrayList<>())
                    .add(question.prompt());
        }
        Map<QuestionLabel, List<String>> questions = new LinkedHashMap<>();
        prompts.forEach((asked, chats) -> questions.put(asked, texts(chats)));
        String hash =
                Fingerprint.of(List.of(proxies, List.copyOf(questions.keySet()), List.copyOf(questions.values())));
        List<Proximity> kept = read();
        int wanted = proxies.size() * questions.size();
        if (kept.size() < wanted || !kept.stream().allMatch(row -> row.texts().equals(hash))) {
            lake.proximity().replace(mine(), rows(proxies, questions, hash));
        }
    }

    /** The experiment's rows, by proxy, dataset and label. */
    List<Proximity> read() {
        return lake.proximity().read(row -> row.experiment().equals(experiment.name())).stream()
                .sorted(Comparator.comparing(Proximity::proxy)
                        .thenComparing(Proximity::dataset)
                        .thenComparing(Proximity::label))
                .toList();
    }

    private Column mine() {
        return col("experiment").equalTo(experiment.name());
    }

    private List<Proximity> rows(
            Map<String, List<String>> proxies, Map<QuestionLabel, List<String>> questions, String hash) {
        List<Proximity> rows = new ArrayList<>();
        TfIdfDistance.between(lake.spark(), proxies, questions)
                .forEach((proxy, distances) -> distances.forEach((asked, distance) -> rows.add(new Proximity(
                        experiment.name(),
                        proxy,
                        asked.dataset(),
                        asked.label(),
                        distance.centroid(),
                        distance.nearest(),
                        proxies.get(proxy).size(),
                        questions.get(asked).size(),
                        hash))));
        return rows;
    }

    /** The different texts of some prompts, without system turns, which say nothing of the subject. */
    private static List<String> texts(List<List<Message>> prompts) {
        return prompts.stream()
                .map(prompt -> prompt.stream()
                        .filter(turn -> !turn.role().equals(Message.SYSTEM))
                        .toList())
                .map(Shingles::text)
                .distinct()
                .toList();
    }
}
