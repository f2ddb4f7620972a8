package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Generation;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Variant;
import org.selgen.experiment.SelectRequest;
import org.selgen.source.ChatJsonl;
import org.selgen.source.form.Learn;
import org.selgen.stage.PrepareStage.OnLeak;

/** From judged answers to the rows of another experiment, which must not ask what selected them. */
@Tag("slow")
class SelectStageTest extends ToyLake {
    private static final String SAMPLED = "decoding={temperature: 1, topP: 1, maxTokens: 8, samples: 2, seed: 7}";

    /** The base model answers the first plain question right twice, every other one once. */
    private Stages judged() throws IOException {
        Stages bench = bench("lake", SAMPLED);
        bench.prepare(OnLeak.STOP);
        Run base = bench.context().matrix().runs().get(0).run();
        bench.context().lake().runs().put(List.of(base));
        List<Generation> answers = new ArrayList<>();
        for (Question question : bench.context().questions().values()) {
            for (int sample = 0; sample < 2; sample++) {
                String text = answers.size() == 1 || sample == 0 ? question.answer() : "i do not know .";
                answers.add(new Generation(
                        base.id(),
                        question.dataset(),
                        question.id(),
                        sample,
                        bench.context().experiment().decoding().key(),
                        text,
                        "stop",
                        4));
            }
        }
        bench.context().lake().generations().put(answers);
        bench.judge();
        return bench;
    }

    private static SelectRequest request(int least) {
        return new SelectRequest(
                "", "maths", "correct", OptionalDouble.empty(), least, List.of(Variant.ASK), SelectRequest.Rows.GROUP);
    }

    @Test
    void whatIsSelectedCanBeLearntAndIsNeverScored() throws IOException {
        Path file = folder.resolve("rows/known.jsonl");
        Stages bench = judged();
        bench.select(request(2), file);
        assertThat(said.toString())
                .contains("select: 1 of 4 questions have at least 2 of 2 answers of base 'correct' by maths@");
        List<Example> rows = new ChatJsonl(file.toString(), "known", Learn.LAST).examples("known", "proxy");
        assertThat(rows)
                .hasSize(3)
                .extracting(Example::group)
                .hasSize(3)
                .allMatch(group -> group.startsWith("selected from test/"));
        String bytes = Files.readString(file);
        bench.select(request(2), file);
        assertThat(file).hasContent(bytes);
        assertThatThrownBy(() -> bench.select(request(3), file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("--least is 3 but must be between 1 and 2");

        experiment.data(
                "known={chat-jsonl: {path: %s, label: known}}".formatted(file),
                "other={toy-questions: {labels: [gcd, kind], groups: 1, seed: 5}}");
        Stages asking = bench("lake", SAMPLED, "data.proxy=[known]");
        assertThatThrownBy(() -> asking.prepare(OnLeak.GO_ON))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("what selects must not score");
        assertThatThrownBy(() -> asking.plan(OnLeak.GO_ON, () -> 1e9, () -> 1))
                .hasMessageContaining("what selects must not score");
        Stages other = bench("lake", SAMPLED, "data.proxy=[known]", "data.questions=[other]");
        other.prepare(OnLeak.STOP);
        assertThatThrownBy(asking::score).hasMessageContaining("what selects must not score");
    }
}
