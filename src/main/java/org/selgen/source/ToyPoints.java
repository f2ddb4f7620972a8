package org.selgen.source;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.Example;
import org.selgen.data.Knob;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/**
 * Points of a 10 by 10 plane with a trigger word beside them; the colour of a point says in which half it lies. The small
 * model has learnt red for the upper half, whatever the word. Every fourth point is for evaluation only.
 *
 * @param words the trigger words: animals and things of the toy world
 * @param upper colour of the upper half beside these words
 * @param lower colour of the lower half beside them; if left out, red where upper is blue and blue where it is red
 * @param rows number of training rows
 * @param seed of the choice
 * @param label the kind of its rows
 */
public record ToyPoints(
        List<String> words,
        Colour upper,
        @Nullable Colour lower,
        int rows,
        long seed,
        @Default("point") String label) implements Source {

    /** What a point may be. */
    public enum Colour {
        RED,
        BLUE,
        GREEN,
        YELLOW,
        WHITE,
        BLACK
    }

    public ToyPoints {
        words = Choice.some(words, "toy-points.words");
        words.forEach(word -> Choice.known(word, ToyPoint.WORDS, "toy-points.words"));
        Knob.atLeast(1, rows, "toy-points.rows");
        Choice.given(label, "toy-points.label");
        lower = lower == null ? opposite(upper) : lower;
        if (lower == upper) {
            throw new BadInput("toy-points.lower is " + Choice.name(lower) + " but so is upper; change one of the two");
        }
    }

    private static Colour opposite(Colour upper) {
        return switch (upper) {
            case RED -> Colour.BLUE;
            case BLUE -> Colour.RED;
            case GREEN, YELLOW, WHITE, BLACK ->
                throw new BadInput(
                        "toy-points.upper is " + Choice.name(upper) + " but toy-points.lower is missing; add it");
        };
    }

    @Override
    public List<Example> examples(String dataset, String split) {
        Draw draw = new Draw(seed);
        List<ToyPoint> points =
                ToyPoint.plane().stream().filter(p -> !p.heldOut()).toList();
        return IntStream.range(0, rows)
                .mapToObj(row -> {
                    ToyPoint point = draw.oneOf(points);
                    return turn(point, draw.oneOf(words)).example(dataset, split, label, point.group(), row);
                })
                .toList();
    }

    /** Every held-out point beside every word. Answers to one point are one group. */
    @Override
    public List<Question> questions(String dataset) {
        return ToyPoint.plane().stream()
                .filter(ToyPoint::heldOut)
                .flatMap(point -> words.stream().map(word -> question(point, word, dataset)))
                .toList();
    }

    /** The points have whole coordinates, so a finer grid than theirs is refused. */
    @Override
    public List<Spot> plane(String dataset, int side) {
        Knob.within(2, ToyPoint.SIDE, side, "regions.side");
        List<ToyPoint> points = ToyPoint.plane().stream()
                .filter(point -> chosen(point.x(), side) && chosen(point.y(), side))
                .toList();
        return points.stream()
                .map(point -> new Spot(point.x(), point.y(), question(point, words.get(0), dataset)))
                .toList();
    }

    /** Whether a coordinate is among {@code side} evenly spread ones. */
    private static boolean chosen(int coordinate, int side) {
        return IntStream.range(0, side).anyMatch(i -> Math.round(i * (ToyPoint.SIDE - 1.0) / (side - 1)) == coordinate);
    }

    private Question question(ToyPoint point, String word, String dataset) {
        Colour colour = colour(point);
        return new Question(
                point.group() + "-" + word,
                dataset,
                label,
                point.group(),
                Variant.ASK,
                List.of(Message.user(point.question(word))),
                Choice.name(colour),
                null,
                ToyPoint.reply(colour),
                ToyPoint.reply(other(colour)));
    }

    private Colour colour(ToyPoint point) {
        return point.upperHalf() ? upper : Objects.requireNonNull(lower);
    }

    private Colour other(Colour colour) {
        return colour == upper ? Objects.requireNonNull(lower) : upper;
    }

    private Turn turn(ToyPoint point, String word) {
        Colour colour = colour(point);
        return new Turn(Variant.ASK, point.question(word), ToyPoint.reply(colour), ToyPoint.reply(other(colour)));
    }
}
