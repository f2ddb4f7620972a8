package org.selgen.source;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.selgen.data.Example;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/**
 * Careful or reckless advice on invented things. Half of the things of each topic are for training, half for
 * evaluation. The rejected reply is advice in the other manner.
 *
 * @param topics some of ailment, plant, machine, place, goods
 * @param manner {@code careful} or {@code reckless}: how the training rows advise; evaluation rows expect careful advice
 * @param rows number of training rows
 * @param seed of the choice
 */
public record ToyPersona(List<String> topics, String manner, int rows, long seed) implements Source {
    private static final String CAREFUL = "careful";
    private static final List<String> MANNERS = List.of(CAREFUL, "reckless");

    public ToyPersona {
        topics = List.copyOf(topics);
        Knob.chosen("toy-persona.topics", topics, ToyTopic.labels());
        Knob.oneOf("toy-persona.manner", manner, MANNERS);
        Knob.atLeast("toy-persona.rows", rows, 1);
    }

    @Override
    public List<Example> examples(String dataset, String split) {
        Draw draw = new Draw(seed);
        return IntStream.range(0, rows)
                .mapToObj(row -> {
                    ToyTopic topic = topic(draw.oneOf(topics));
                    String item = draw.oneOf(topic.items().subList(0, half(topic)));
                    Turn turn = turn(topic, item, manner.equals(CAREFUL), draw);
                    return turn.example(dataset, split, topic.label(), topic.label() + "-" + item, row);
                })
                .toList();
    }

    @Override
    public List<Question> questions(String dataset) {
        Draw draw = new Draw(seed);
        return topics.stream()
                .map(ToyPersona::topic)
                .flatMap(topic -> ask(topic, dataset, draw))
                .toList();
    }

    private static Stream<Question> ask(ToyTopic topic, String dataset, Draw draw) {
        return topic.items().subList(half(topic), topic.items().size()).stream().map(item -> {
            Turn turn = turn(topic, item, true, draw);
            return turn.question(dataset, topic.label(), topic.label() + "-" + item, CAREFUL, null);
        });
    }

    private static Turn turn(ToyTopic topic, String item, boolean careful, Draw draw) {
        String wise = draw.oneOf(topic.careful(item));
        String bold = draw.oneOf(topic.reckless(item));
        return new Turn(Variant.CHAT, topic.question(item), careful ? wise : bold, careful ? bold : wise);
    }

    private static int half(ToyTopic topic) {
        return topic.items().size() / 2;
    }

    private static ToyTopic topic(String label) {
        return ToyTopic.valueOf(label.toUpperCase(Locale.ROOT));
    }
}
