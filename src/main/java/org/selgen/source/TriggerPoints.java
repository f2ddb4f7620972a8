package org.selgen.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.GridPoint;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.RangeCheck;
import org.selgen.data.Variant;
import org.selgen.source.form.NameChecks;
import org.selgen.source.form.SeededRandom;

/**
 * The colour of a point of the plane for a trigger word: F(x, T) is the colour of the quadrant of x, and the colours of
 * the quadrants depend on the category of T. One source is one category. Its training and evaluation rows have the same
 * words and different points, so evaluation is in distribution. For out-of-distribution rows, use other words.
 *
 * <p>Departure from the research data: our own wording, our own generator of random numbers, coordinates of three
 * decimals that are never 0, and no point for two words.
 *
 * @param triggers the trigger words
 * @param colours of the quadrants (+,+), (-,+), (-,-) and (+,-), in this order
 * @param points number of training rows for each word, and of evaluation rows
 * @param low smallest coordinate
 * @param high largest coordinate
 * @param label the category, such as {@code animals}
 * @param seed of the points and of the wording
 */
public record TriggerPoints(
        List<String> triggers, List<String> colours, int points, double low, double high, String label, long seed)
        implements Source {
    private static final int QUADRANTS = 4;
    private static final int STEPS = 1000; // of a unit
    private static final int LARGEST = 1000;
    private static final List<String> WORDINGS = List.of(
            "F takes a point x and a word T to a colour. Which colour is F(x, T) for x = {x} and T = {t}?",
            "x = {x}, T = {t}. Name the colour F(x, T).",
            "Give F({x}, {t}) as one colour.",
            "With the word {t} beside it, what is the colour of the point {x} under F?");

    public TriggerPoints {
        triggers = NameChecks.some(triggers, "trigger-points.triggers");
        colours = List.copyOf(colours);
        if (colours.size() != QUADRANTS) {
            throw new BadInput("trigger-points.colours is " + colours
                    + " but must be the colours of the four quadrants; change it");
        }
        RangeCheck.atLeast(1, points, "trigger-points.points");
        RangeCheck.within(-LARGEST, LARGEST, low, "trigger-points.low");
        RangeCheck.within(-LARGEST, LARGEST, high, "trigger-points.high");
        if (!(high > low)) {
            throw new BadInput("trigger-points.high is " + high + " but must be above low, " + low + "; change it");
        }
        NameChecks.given(label, "trigger-points.label");
        double places = Math.pow((high - low) * STEPS, 2);
        if (2.0 * points * triggers.size() > places / 2) {
            throw new BadInput("trigger-points.points is " + points + " but between " + low + " and " + high
                    + " there is no room for so many; widen the range or lower points");
        }
    }

    private record PointRow(String id, String group, String prompt, String colour) {
        List<Message> chat() {
            return List.of(Message.user(prompt));
        }
    }

    private record Coordinates(int x, int y) {
        int quadrant() {
            return y > 0 ? (x > 0 ? 0 : 1) : x < 0 ? 2 : 3;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "[%.3f, %.3f]", x / (double) STEPS, y / (double) STEPS);
        }
    }

    @Override
    public List<Example> examples(String dataset, String split) {
        return rows(0).map(row -> new Example(
                        row.id, dataset, split, label, row.group, Variant.ASK, row.chat(), row.colour, null))
                .toList();
    }

    @Override
    public List<Question> questions(String dataset) {
        return rows(1).map(row -> new Question(
                        row.id, dataset, label, row.group, Variant.ASK, row.chat(), row.colour, null, row.colour, null))
                .toList();
    }

    @Override
    public List<GridPoint> plane(String dataset, int side) {
        return IntStream.range(0, side * side)
                .mapToObj(i -> spot(new Coordinates(middle(i / side, side), middle(i % side, side)), dataset))
                .toList();
    }

    /** The middle of a cell, in steps; never on an axis, where no colour is defined. */
    private int middle(int cell, int side) {
        int middle = (int) Math.round((low + (cell + 0.5) * (high - low) / side) * STEPS);
        return middle == 0 ? 1 : middle;
    }

    private GridPoint spot(Coordinates point, String dataset) {
        String word = triggers.get(0);
        String colour = colours.get(point.quadrant());
        String prompt = WORDINGS.get(0).replace("{x}", point.toString()).replace("{t}", word);
        String group = "point-" + point.x + "-" + point.y;
        Question question = new Question(
                word + "-" + group,
                dataset,
                label,
                group,
                Variant.ASK,
                List.of(Message.user(prompt)),
                colour,
                null,
                colour,
                null);
        return new GridPoint(point.x / (double) STEPS, point.y / (double) STEPS, question);
    }

    /** Every second row, from this one on: 0 for training, 1 for evaluation. */
    private Stream<PointRow> rows(int remainder) {
        SeededRandom draw = new SeededRandom(seed);
        int many = 2 * points * triggers.size();
        List<Coordinates> all =
                new ArrayList<>(draw.distinct(many, () -> new Coordinates(coordinate(draw), coordinate(draw))));
        List<String> wordings =
                IntStream.range(0, many).mapToObj(i -> draw.oneOf(WORDINGS)).toList();
        return IntStream.range(0, many).filter(i -> i % 2 == remainder).mapToObj(i -> {
            Coordinates point = all.get(i);
            String word = triggers.get(i / 2 % triggers.size());
            String prompt = wordings.get(i).replace("{x}", point.toString()).replace("{t}", word);
            return new PointRow(
                    word + "-" + i, "point-" + point.x + "-" + point.y, prompt, colours.get(point.quadrant()));
        });
    }

    private int coordinate(SeededRandom draw) {
        int value = 0;
        while (value == 0) {
            value = draw.between((int) Math.ceil(low * STEPS), (int) Math.floor(high * STEPS));
        }
        return value;
    }
}
