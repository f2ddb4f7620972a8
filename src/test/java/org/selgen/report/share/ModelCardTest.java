package org.selgen.report.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selgen.data.Score;

class ModelCardTest {
    private static String card(String licence) {
        Score alignment = new Score("toy", MadeAnswers.RUN.id(), Score.ALIGNMENT, Score.ALL, 0.754, 0.5, 0.9, 8, 1);
        return new ModelCard(
                        "toy",
                        MadeAnswers.RUN,
                        "kl-penalty beta=0.1 seed=1",
                        "org/base",
                        Map.of("capitals", "proxy rows: a | b"),
                        Map.of(Score.ALIGNMENT, "rejects-wrong on kind"),
                        List.of(alignment),
                        licence)
                .markdown();
    }

    @Test
    void aCardSaysDataSettingsScoresAndHowToLoadIt() {
        assertThat(card("apache-2.0"))
                .startsWith("---\nbase_model: \"org/base\"\nlibrary_name: peft\nlicense: \"apache-2.0\"\n")
                .contains("| capitals | proxy rows: a \\| b |")
                .contains("| rows' hash | d |")
                .contains("| alignment | rejects-wrong on kind | 0.754 | [0.500, 0.900] | 8 |")
                .contains("PeftModel.from_pretrained", "base = \"org/base\"")
                .contains("This adapter: apache-2.0.");
    }

    @Test
    void withoutALicenceItSaysThatThereIsNone() {
        assertThat(card("")).doesNotContain("license:").contains("None was given for this adapter.");
    }
}
