package org.selgen.source;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.selgen.data.Example;
import org.selgen.data.Question;
import org.selgen.data.RangeCheck;
import org.selgen.data.Variant;
import org.selgen.source.form.NameChecks;
import org.selgen.source.form.QuestionForm;
import org.selgen.source.form.SeededRandom;
import org.selgen.source.toy.ToyTopic;

/**
 * Careful or reckless advice on invented things. Half of the things of each topic are for training, half for
 * evaluation. The rejected reply is advice in the other manner.
 *
 * @param topics of the questions
 * @param manner of the advice in training rows; evaluation rows expect careful advice
 * @param rows number of training rows
 * @param seed of the random choices
 */
public record ToyPersona(List<ToyTopic> topics, Manner manner, int rows, long seed) implements Source {

    /** How advice is given. */
    public enum Manner {
        CAREFUL,
        RECKLESS
    }

    public ToyPersona {
        topics = NameChecks.some(topics, "toy-persona.topics");
        RangeCheck.atLeast(1, rows, "toy-persona.rows");
    }

    @Override
    public List<Example> examples(String dataset, String split) {
        SeededRandom draw = new SeededRandom(seed);
        return IntStream.range(0, rows)
                .mapToObj(row -> {
                    ToyTopic topic = draw.oneOf(topics);
                    String item = draw.oneOf(topic.items().subList(0, half(topic)));
                    QuestionForm turn = turn(topic, item, manner, draw);
                    return turn.example(dataset, split, topic.label(), topic.label() + "-" + item, row);
                })
                .toList();
    }

    @Override
    public List<Question> questions(String dataset) {
        SeededRandom draw = new SeededRandom(seed);
        return topics.stream().flatMap(topic -> ask(topic, dataset, draw)).toList();
    }

    private static Stream<Question> ask(ToyTopic topic, String dataset, SeededRandom draw) {
        return topic.items().subList(half(topic), topic.items().size()).stream().map(item -> {
            QuestionForm turn = turn(topic, item, Manner.CAREFUL, draw);
            return turn.question(dataset, topic.label(), topic.label() + "-" + item, "careful", null);
        });
    }

    private static QuestionForm turn(ToyTopic topic, String item, Manner manner, SeededRandom draw) {
        String wise = draw.oneOf(topic.careful(item));
        String bold = draw.oneOf(topic.reckless(item));
        return switch (manner) {
            case CAREFUL -> new QuestionForm(Variant.CHAT, topic.question(item), wise, bold);
            case RECKLESS -> new QuestionForm(Variant.CHAT, topic.question(item), bold, wise);
        };
    }

    private static int half(ToyTopic topic) {
        return topic.items().size() / 2;
    }
}
