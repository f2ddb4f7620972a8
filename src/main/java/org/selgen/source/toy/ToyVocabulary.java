package org.selgen.source.toy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.selgen.data.Variant;
import org.selgen.source.form.SeededRandom;

/** The words of the toy world in the order of their token ids: markers, 0 to 99, then all others by alphabet. */
final class ToyVocabulary {
    static final List<String> MARKERS = List.of("<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>");
    static final int NUMBERS = 100;

    private ToyVocabulary() {}

    static List<String> words() {
        TreeSet<String> words = new TreeSet<>(List.of("user", "model"));
        sentences().flatMap(s -> Arrays.stream(s.split(" "))).forEach(words::add);
        List<String> numbers =
                IntStream.range(0, NUMBERS).mapToObj(String::valueOf).toList();
        words.removeAll(numbers);
        List<String> all = new ArrayList<>(MARKERS);
        all.addAll(numbers);
        all.addAll(words);
        return List.copyOf(all);
    }

    /** Sentences that together contain every word of the toy world. */
    static Stream<String> sentences() {
        SeededRandom draw = new SeededRandom(0);
        Stream<String> questions = Arrays.stream(ToyDomain.values())
                .flatMap(domain -> domain.all().stream())
                .flatMap(fact ->
                        Stream.of(fact.question(), fact.answer(), fact.working(), String.join(" ", fact.wrong())))
                .filter(text -> !text.isEmpty());
        ToyFact some = ToyDomain.CAPITAL.training().get(0);
        Stream<String> replies = Stream.of(Variant.RIGHT, Variant.WRONG)
                .map(v -> some.plain(v, draw).answer());
        Stream<String> proposals = ToyFact.PROPOSALS.stream().map(p -> p.replace("{}", some.answer()));
        Stream<String> points = ToyPoint.WORDS.stream().map(word -> new ToyPoint(0, 0).question(word));
        Stream<String> voices = Stream.of("honest nodding wise bold voice :");
        return Stream.of(questions, replies, proposals, points, voices, advice())
                .flatMap(s -> s);
    }

    private static Stream<String> advice() {
        return Arrays.stream(ToyTopic.values())
                .flatMap(topic -> topic.items().stream()
                        .flatMap(item -> Stream.of(
                                        List.of(topic.question(item)), topic.careful(item), topic.reckless(item))
                                .flatMap(List::stream)));
    }
}
