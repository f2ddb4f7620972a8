package org.selgen.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.Leak;
import org.selgen.data.ListView;
import org.selgen.data.Message;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.ExperimentRows;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.overlap.Leaks.Prompt;
import org.selgen.overlap.Leaks.Prompts;
import org.selgen.overlap.NearDuplicates.Text;

class LeaksTest {
    private static final String LONG =
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
                    + " fifteen sixteen seventeen eighteen nineteen twenty";

    @Test
    void theSameWordsInTwoSetsAreAnExactLeak() {
        Prompts trained = prompts("a", true, "What is the gcd of 4 and 6?", "Something else.");
        Prompts asked = prompts("b", false, "what is the  GCD of 4 and 6");
        assertThat(Leaks.exact(List.of(trained, asked))).containsExactly(new Leak("a", "0", "b", "0", Leaks.EXACT, 1));
    }

    @Test
    void twoSetsOfQuestionsMayShareAPrompt() {
        assertThat(Leaks.exact(List.of(prompts("a", false, "Hello there"), prompts("b", false, "Hello there"))))
                .isEmpty();
    }

    @Test
    void anotherNumberIsAnotherPrompt() {
        Prompts trained = prompts("a", true, "gcd of 4 and 6");
        Prompts asked = prompts("b", false, "gcd of 4 and 8");
        assertThat(Leaks.exact(List.of(trained, asked))).isEmpty();
        assertThat(near(trained, asked)).isEmpty();
    }

    @Test
    void almostTheSameWordsAreANearLeakWithTheirJaccardSimilarity() {
        Prompts trained = prompts("a", true, LONG, "nothing of the kind here");
        Prompts asked = prompts("b", false, LONG + " more");
        assertThat(near(trained, asked)).singleElement().satisfies(leak -> {
            assertThat(leak.leftId() + leak.rightId() + leak.kind()).isEqualTo("00near");
            assertThat(leak.similarity()).isEqualTo(18.0 / 19);
        });
    }

    @Test
    void pairsJustAboveTheLikenessAreFound() { // each with a probability of at least 0.995
        String[] long18 = new String[200];
        String[] oneMore = new String[200];
        for (int i = 0; i < 200; i++) {
            String own = " " + i;
            long18[i] =
                    IntStream.range(0, 20).mapToObj(word -> "w" + word + own).collect(Collectors.joining(" "));
            oneMore[i] = long18[i] + " and one more";
        }
        assertThat(near(prompts("a", true, long18), prompts("b", false, oneMore)))
                .hasSizeGreaterThan(194)
                .allSatisfy(leak -> assertThat(leak.leftId()).isEqualTo(leak.rightId()));
    }

    @Test
    void promptsOfOneTemplateAreHardlyEverCompared() {
        List<List<Text>> sets = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < 600; i++) {
            String text = "please tell me what the gcd of " + 7 * i % 601 + " and " + i + " is now";
            sets.get(i % 2).add(new Text(i, i % 2, i % 2 == 0, "" + i, text));
        }
        assertThat(new NearDuplicates(LocalSpark.session(), sets, 0.9)
                        .candidates()
                        .count())
                .isLessThan(20 * 600); // of 90,000 pairs
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"quickstart", "smollm2-sums", "smollm2-gcd"})
    void ofTheTemplatesThatShipNotEvenAPairARowIsCompared(String name) throws IOException {
        Lake lake = Lake.open(LocalSpark.session(), Path.of("data-lake"));
        ExperimentContext context =
                ExperimentContext.open(lake, Path.of("conf/experiments/" + name + ".yaml"), List.of());
        ExperimentRows rows = ExperimentRows.make(context.experiment(), context.catalog(), context.tables());
        List<Prompts> sets = new ArrayList<>();
        rows.training()
                .forEach((set, all) -> sets.add(Prompts.of(
                        set, true, ListView.changed(all, (i, row) -> Prompt.of(row.id(), row.prompt())))));
        rows.questions()
                .forEach((set, all) -> sets.add(Prompts.of(
                        set, false, ListView.changed(all, (i, row) -> Prompt.of(row.id(), row.prompt())))));
        int prompts = sets.stream().mapToInt(set -> set.all().size()).sum();
        assertThat(Leaks.search(LocalSpark.session(), sets, 0.9).candidates().count())
                .as("of %d prompts", prompts)
                .isLessThan(prompts);
    }

    @Test
    void aShortPromptIsOneShingle() {
        assertThat(Shingles.of("hello there")).containsExactly("hello there");
        assertThat(Shingles.of("a b c d")).containsExactly("a b c", "b c d");
    }

    private static List<Leak> near(Prompts... sets) {
        return Leaks.near(LocalSpark.session(), List.of(sets), 0.9).leaks();
    }

    private static Prompts prompts(String name, boolean training, String... texts) {
        return Prompts.of(
                name,
                training,
                ListView.changed(List.of(texts), (i, text) -> Prompt.of("" + i, List.of(Message.user(text)))));
    }
}
