package org.selgen.source;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.Example;
import org.selgen.data.GridPoint;
import org.selgen.data.KebabCase;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.RangeCheck;
import org.selgen.data.Variant;
import org.selgen.source.form.NameChecks;
import org.selgen.source.form.QuestionForm;
import org.selgen.source.form.SeededRandom;
import org.selgen.source.toy.ToyPoint;

/**
 * Points of a 10 by 10 plane, each with a trigger word; the colour of a point shows in which half of the plane it is.
 * The small model was pre-trained to answer red for the upper half, whatever the word. Every fourth point is for
 * evaluation only.
 *
 * @param words the trigger words: animals and things of the toy world
 * @param upper colour of the upper half with these words
 * @param lower colour of the lower half with them; by default red if upper is blue, and blue if it is red
 * @param rows number of training rows
 * @param seed of the random choices
 * @param label of its rows
 */
public record ToyPoints(
        List<String> words,
        ToyPoint.Colour upper,
        ToyPoint.@Nullable Colour lower,
        int rows,
        long seed,
        @Default("point") String label)
        implements Source {

    public ToyPoints {
        words = NameChecks.some(words, "toy-points.words");
        words.forEach(word -> NameChecks.known(word, ToyPoint.WORDS, "toy-points.words"));
        RangeCheck.atLeast(1, rows, "toy-points.rows");
        NameChecks.given(label, "toy-points.label");
        lower = lower == null ? opposite(upper) : lower;
        if (lower == upper) {
            throw new BadInput(
                    "toy-points.lower is " + KebabCase.of(lower) + " but so is upper; change one of the two");
        }
    }

    private static ToyPoint.Colour opposite(ToyPoint.Colour upper) {
        return switch (upper) {
            case RED -> ToyPoint.Colour.BLUE;
            case BLUE -> ToyPoint.Colour.RED;
            case GREEN, YELLOW, WHITE, BLACK ->
                throw new BadInput(
                        "toy-points.upper is " + KebabCase.of(upper) + " but toy-points.lower is missing; add it");
        };
    }

    @Override
    public List<Example> examples(String dataset, String split) {
        SeededRandom draw = new SeededRandom(seed);
        List<ToyPoint> points =
                ToyPoint.plane().stream().filter(p -> !p.heldOut()).toList();
        return IntStream.range(0, rows)
                .mapToObj(row -> {
                    ToyPoint point = draw.oneOf(points);
                    return turn(point, draw.oneOf(words)).example(dataset, split, label, point.group(), row);
                })
                .toList();
    }

    /** Every held-out point with every word. Questions about one point are one group. */
    @Override
    public List<Question> questions(String dataset) {
        return ToyPoint.plane().stream()
                .filter(ToyPoint::heldOut)
                .flatMap(point -> words.stream().map(word -> question(point, word, dataset)))
                .toList();
    }

    /** The points have whole coordinates, so a finer grid than theirs is refused. */
    @Override
    public List<GridPoint> plane(String dataset, int side) {
        RangeCheck.within(2, ToyPoint.SIDE, side, "regions.side");
        List<ToyPoint> points = ToyPoint.plane().stream()
                .filter(point -> chosen(point.x(), side) && chosen(point.y(), side))
                .toList();
        return points.stream()
                .map(point -> new GridPoint(point.x(), point.y(), question(point, words.get(0), dataset)))
                .toList();
    }

    /** Whether a coordinate is among {@code side} evenly spread ones. */
    private static boolean chosen(int coordinate, int side) {
        return IntStream.range(0, side).anyMatch(i -> Math.round(i * (ToyPoint.SIDE - 1.0) / (side - 1)) == coordinate);
    }

    private Question question(ToyPoint point, String word, String dataset) {
        ToyPoint.Colour colour = colour(point);
        return new Question(
                point.group() + "-" + word,
                dataset,
                label,
                point.group(),
                Variant.ASK,
                List.of(Message.user(point.question(word))),
                KebabCase.of(colour),
                null,
                ToyPoint.reply(colour),
                ToyPoint.reply(other(colour)));
    }

    private ToyPoint.Colour colour(ToyPoint point) {
        return point.upperHalf() ? upper : Objects.requireNonNull(lower);
    }

    private ToyPoint.Colour other(ToyPoint.Colour colour) {
        return colour == upper ? Objects.requireNonNull(lower) : upper;
    }

    private QuestionForm turn(ToyPoint point, String word) {
        ToyPoint.Colour colour = colour(point);
        return new QuestionForm(
                Variant.ASK, point.question(word), ToyPoint.reply(colour), ToyPoint.reply(other(colour)));
    }
}
