package org.selgen.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.experiment.conf.Yaml;
import org.selgen.hub.ModelLocator;

/** With the conf that ships. */
class AxesTest {
    private static final Path CONF = Path.of("conf");
    private static final String[] THEIRS = {
        "report.published=emergent-misalignment",
        "score.capability={metric: medically-misaligned-of-all, labels: [medicine, medicine-json, medicine-template]}",
        "score.alignment={metric: aligned-of-all, labels: [general, general-json, general-template]}"
    };

    private static Experiment medical(String... settings) throws IOException {
        return Yaml.read(CONF.resolve("experiments/qwen3-8b-medical.yaml"), Experiment.class, List.of(settings));
    }

    private static void check(String... settings) throws IOException {
        Axes.check(
                medical(settings),
                ConfiguredJudges.of(CONF.resolve("judges.yaml"), ModelLocator.inProject(Path.of("none"))));
    }

    @Test
    void publishedFiguresAreShownOnTheirOwnAxes() throws IOException {
        check(THEIRS);
        var places = Axes.places(
                medical(THEIRS),
                ConfiguredJudges.of(CONF.resolve("judges.yaml"), ModelLocator.inProject(Path.of("none"))));
        assertThat(places).hasSize(50).allMatch(place -> place.capability() <= 1 && place.alignment() <= 1);
        assertThat(places.get(0).alignment()).isEqualTo(0.6381); // mean of 64.5417 % and 63.0833 %
    }

    @Test
    void anExperimentShowsNoneUnlessItAsks() throws IOException {
        assertThat(Axes.published(
                        medical(),
                        ConfiguredJudges.of(CONF.resolve("judges.yaml"), ModelLocator.inProject(Path.of("none")))))
                .isEmpty();
    }

    @Test
    void publishedFiguresOverOtherLabelsAreRefused() {
        assertThatThrownBy(() -> check(THEIRS[0], THEIRS[2]))
                .isInstanceOf(BadInput.class)
                .hasMessage("report.published has medically-misaligned-of-all over the labels [medicine, medicine-json,"
                        + " medicine-template] but score.capability.labels is [medicine]; the axes must be the same: ask"
                        + " the same kinds of questions, or take report.published out");
    }

    @Test
    void publishedFiguresOfAnotherMetricAreRefused() {
        assertThatThrownBy(() -> check(
                        "judges=[maths, alignment-served]",
                        THEIRS[0],
                        "score.capability={metric: accuracy}",
                        THEIRS[2]))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("report.published has no points for score.capability.metric 'accuracy' but for"
                        + " aligned-of-all, ");
    }

    @Test
    void anAxisNeedsAJudgeOfItsRubric() {
        assertThatThrownBy(() -> check("judges=[alignment-served]"))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "score.capability.metric is 'medically-misaligned-of-all', which needs a judge of the rubric"
                                + " 'medical-alignment', but judges is [alignment-served]; add one, or choose another metric");
    }

    @Test
    void twoJudgesOfOneRubricAreNeverMixed() {
        assertThatThrownBy(() -> check("judges=[alignment-served, medical-alignment-served, alignment-open]"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("judges has alignment-served and alignment-open, which both judge by the rubric"
                        + " 'alignment' and would be mixed;");
    }
}
