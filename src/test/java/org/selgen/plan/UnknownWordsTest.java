package org.selgen.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.BadInput;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.ExperimentRows;
import org.selgen.lake.Lake;
import org.selgen.lake.Storage;
import org.selgen.lm.TokenCounter;

class UnknownWordsTest {
    private static final Path CONF = Path.of("conf/experiments");

    @TempDir
    Path folder;

    private void check(Path file, String... settings) throws IOException {
        Lake lake = Lake.open(
                () -> {
                    throw new IllegalStateException("Spark is asked for");
                },
                Storage.of(folder.resolve("none").toString()));
        ExperimentContext context = ExperimentContext.open(lake, file, List.of(settings));
        Path model = Path.of("data-lake/models", context.experiment().model());
        try (TokenCounter counter =
                TokenCounter.open(model, context.experiment().chat())) {
            UnknownWords.check(ExperimentRows.make(context.experiment(), context.catalog(), context.tables()), counter);
        }
    }

    @Test
    void theToyModelKnowsEveryWordThatAnExperimentWhichShipsForItAdds() throws IOException {
        List<Path> toys = new ArrayList<>();
        try (Stream<Path> files = Files.list(CONF)) {
            for (Path file : files.toList()) {
                if (Files.readString(file).contains("\nmodel: tiny")) {
                    toys.add(file);
                }
            }
        }
        assertThat(toys).hasSizeGreaterThan(3).contains(CONF.resolve("frontier-2026.yaml"));
        for (Path file : toys) {
            assertThatCode(() -> check(file)).as(file.toString()).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "methods=[{inoculation-prompting: {text: 'the user is right !', place: before}}]"
                        + " | methods has inoculation-prompting, whose text 'the user is right !' has"
                        + " right, !, for which the model's tokenizer has no token",
                "data.families=[polarity] | question '.*' of '.*', by data.families, has .*, for which the model's",
            })
    void aTextWithWordsThatTheModelCannotTellApartIsRefused(String setting, String why) {
        assertThatThrownBy(() -> check(CONF.resolve("frontier-2026.yaml"), setting))
                .isInstanceOf(BadInput.class)
                .hasMessageMatching(why + ".*");
    }
}
