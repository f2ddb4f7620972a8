package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.tensor.DType;

class GenerateGoldenTest {
    private static final int NEW = 16;

    @ParameterizedTest
    @ValueSource(strings = {"gemma", "gemma2", "llama3", "qwen2", "qwen3", "qwen3_tied"})
    void greedyTokensEqualTransformersWhateverTheBatch(String model) {
        Golden golden = Golden.open("generate/" + model + ".safetensors");
        List<long[]> prompts = prompts(golden);
        long[] expected = golden.longs("new_tokens");
        try (Decoder lm = Decoder.open(Golden.path("models/" + model), DType.F32)) {
            Generator generator = new Generator(lm, token -> false);
            List<long[]> together = generator.answers(prompts, Decoding.greedy(NEW), new long[prompts.size()]);
            for (int r = 0; r < prompts.size(); r++) {
                long[] alone = generator
                        .answers(List.of(prompts.get(r)), Decoding.greedy(NEW), new long[1])
                        .get(0);
                assertThat(together.get(r)).containsExactly(Arrays.copyOfRange(expected, r * NEW, (r + 1) * NEW));
                assertThat(alone).isEqualTo(together.get(r));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemma", "qwen3"})
    void aRowStopsAtItsEndOfSequence(String model) {
        Golden golden = Golden.open("generate/" + model + ".safetensors");
        long eos = golden.longs("eos_token_id")[0];
        long[] expected = golden.longs("new_tokens_eos");
        try (Decoder lm = Decoder.open(Golden.path("models/" + model), DType.F32)) {
            List<long[]> answers = new Generator(lm, token -> token == eos)
                    .answers(prompts(golden), Decoding.greedy(NEW), new long[3]);
            for (int r = 0; r < answers.size(); r++) {
                long[] row = Arrays.copyOfRange(expected, r * NEW, (r + 1) * NEW);
                int end = IntStream.range(0, NEW)
                        .filter(t -> row[t] == eos)
                        .findFirst()
                        .orElse(NEW - 1);
                assertThat(answers.get(r)).containsExactly(Arrays.copyOf(row, end + 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemma", "qwen3"})
    void sampledTokensDependOnTheSeedAndNotOnTheBatch(String model) {
        Golden golden = Golden.open("generate/" + model + ".safetensors");
        List<long[]> prompts = prompts(golden);
        Decoding decoding = new Decoding(1.5f, 0.9f, NEW, 1, 0);
        try (Decoder lm = Decoder.open(Golden.path("models/" + model), DType.F32)) {
            Generator generator = new Generator(lm, token -> false);
            List<long[]> together = generator.answers(prompts, decoding, new long[] {7, 8, 9});
            long[] alone = generator
                    .answers(prompts.subList(1, 2), decoding, new long[] {8})
                    .get(0);
            long[] other = generator
                    .answers(prompts.subList(1, 2), decoding, new long[] {80})
                    .get(0);
            assertThat(alone).isEqualTo(together.get(1));
            assertThat(other).isNotEqualTo(alone);
        }
    }

    @Test
    void anAnswerNearTheEndOfTheContextIsAsLongBesideALongPromptAsAlone() {
        try (Decoder lm = Decoder.open(Golden.path("models/gemma"), DType.F32)) {
            int context = lm.config().maxPositions();
            List<long[]> prompts = List.of(prompt(5), prompt(context - 6), prompt(context - 1));
            Generator generator = new Generator(lm, token -> false);
            List<long[]> together = generator.answers(prompts, Decoding.greedy(NEW), new long[3]);
            assertThat(together).extracting(answer -> answer.length).containsExactly(NEW, 6, 1);
            for (int r = 0; r < prompts.size(); r++) {
                assertThat(generator.answers(prompts.subList(r, r + 1), Decoding.greedy(NEW), new long[1]))
                        .containsExactly(together.get(r));
            }
        }
    }

    /** More than are generated at once, several of each prompt, each as long as its own draws make it. */
    @ParameterizedTest
    @ValueSource(strings = {"gemma", "gemma2", "qwen3"})
    void answersThatTakeThePlacesOfOthersAreAsAlone(String model) {
        List<long[]> prompts =
                IntStream.range(0, 150).mapToObj(i -> prompt(3 + i / 3 % 17)).toList();
        long[] seeds = LongStream.range(0, prompts.size()).toArray();
        Decoding decoding = new Decoding(1.5f, 0.9f, 90, 1, 0);
        try (Decoder lm = Decoder.open(Golden.path("models/" + model), DType.F32)) {
            Generator generator = new Generator(lm, token -> token % 13 == 0);
            List<long[]> together = generator.answers(prompts, decoding, seeds);
            assertThat(together.stream()
                            .mapToInt(answer -> answer.length)
                            .distinct()
                            .count())
                    .isGreaterThan(10);
            for (int r = 0; r < prompts.size(); r += 7) {
                assertThat(generator.answers(prompts.subList(r, r + 1), decoding, new long[] {r}))
                        .containsExactly(together.get(r));
            }
        }
    }

    @Test
    void everyTokenIsReported() {
        try (Decoder lm = Decoder.open(Golden.path("models/gemma"), DType.F32)) {
            Map<Integer, List<Long>> chosen = new TreeMap<>();
            Map<Integer, long[]> ended = new TreeMap<>();
            Generator.Listener listener = new Generator.Listener() {
                @Override
                public void chosen(int row, long token) {
                    chosen.computeIfAbsent(row, first -> new ArrayList<>()).add(token);
                }

                @Override
                public void ended(int row, long[] tokens) {
                    ended.put(row, tokens);
                }
            };
            List<long[]> answers = new Generator(lm, token -> false)
                    .answers(List.of(prompt(3), prompt(4)), Decoding.greedy(5), new long[2], listener);
            for (int row = 0; row < 2; row++) {
                assertThat(ended.get(row)).hasSize(5).isEqualTo(answers.get(row));
                assertThat(chosen.get(row))
                        .containsExactlyElementsOf(
                                Arrays.stream(answers.get(row)).boxed().toList());
            }
        }
    }

    @Test
    void nineInTenPlacesAreTakenWhileOthersWait() {
        List<long[]> prompts =
                IntStream.range(0, 200).mapToObj(i -> prompt(3 + i % 17)).toList();
        long[] seeds = LongStream.range(0, prompts.size()).toArray();
        AtomicLong stepped = new AtomicLong();
        List<Double> taken = new ArrayList<>();
        Generator.Listener listener = new Generator.Listener() {
            @Override
            public void stepped(int answers, int places, boolean othersWait) {
                stepped.addAndGet(answers);
                if (othersWait) {
                    taken.add((double) answers / places);
                }
            }
        };
        try (Decoder lm = Decoder.open(Golden.path("models/gemma"), DType.F32)) {
            List<long[]> answers = new Generator(lm, token -> token % 13 == 0)
                    .answers(prompts, new Decoding(1.5f, 0.9f, 90, 1, 0), seeds, listener);
            assertThat(answers.stream().mapToInt(answer -> answer.length).sum())
                    .isEqualTo(stepped.get() + prompts.size()); // the first token comes with the prompt
        }
        assertThat(taken).hasSizeGreaterThan(10).anyMatch(share -> share < 1);
        assertThat(taken.stream().mapToDouble(share -> share).average().orElseThrow())
                .isGreaterThan(0.9);
    }

    private static long[] prompt(int length) {
        return IntStream.range(0, length).mapToLong(t -> 10 + (7 * t) % 60).toArray();
    }

    static List<long[]> prompts(Golden golden) {
        long[] ids = golden.longs("input_ids");
        long[] mask = golden.longs("attention_mask");
        int length = (int) golden.shape("input_ids")[1];
        return IntStream.range(0, ids.length / length)
                .mapToObj(r -> IntStream.range(r * length, (r + 1) * length)
                        .filter(i -> mask[i] == 1)
                        .mapToLong(i -> ids[i])
                        .toArray())
                .toList();
    }
}
