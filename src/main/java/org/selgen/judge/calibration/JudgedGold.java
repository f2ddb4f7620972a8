package org.selgen.judge.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.selgen.data.Calibration;
import org.selgen.data.Outcome;
import org.selgen.data.OutcomeCount;
import org.selgen.judge.Judge;
import org.selgen.judge.Verdict;
import org.selgen.score.ScoreParts;

/**
 * A judge's verdicts on labelled answers. A verdict that cannot be read is a reading as any other, on which people never agree;
 * one that failed is in no figure but the count of those.
 *
 * @param judge what the judgements table calls it
 * @param gold the answers
 * @param verdicts in the order of its rows
 */
public record JudgedGold(String judge, GoldFile gold, List<Verdict> verdicts) {
    private static final double DIGITS = 1e6;

    public JudgedGold {
        verdicts = List.copyOf(verdicts);
    }

    /** Has a judge read what it has not read yet. */
    public static JudgedGold by(Judge judge, GoldFile gold) {
        List<GoldRow> open =
                gold.rows().stream().filter(row -> row.known() == null).toList();
        List<Verdict> made = judge.verdicts(
                open.stream().map(GoldRow::question).toList(),
                open.stream().map(GoldRow::answer).toList());
        List<Verdict> verdicts = new ArrayList<>();
        int next = 0;
        for (GoldRow row : gold.rows()) {
            verdicts.add(row.known() == null ? made.get(next++) : row.known());
        }
        return new JudgedGold(judge.rubric(), gold, verdicts);
    }

    /** A row on which two readings differ. */
    public record Difference(GoldRow row, String first, String second, String reason) {}

    public OutcomeCount outcomes() {
        Map<Outcome, Long> by = verdicts.stream()
                .collect(Collectors.groupingBy(v -> Outcome.of(v.verdict(), v.reason()), Collectors.counting()));
        return new OutcomeCount(gold.rows().size(), by, 0);
    }

    private ScoreParts parts() {
        return ScoreParts.of(judge.replaceAll("@.*", ""));
    }

    private IntStream read() {
        return IntStream.range(0, gold.rows().size()).filter(this::read);
    }

    private boolean read(int row) {
        return Outcome.of(verdicts.get(row).verdict(), verdicts.get(row).reason()) != Outcome.FAILED;
    }

    private GoldRow row(int row) {
        return gold.rows().get(row);
    }

    private String category(int row) {
        return GoldRow.category(verdicts.get(row), parts());
    }

    /** With people; none where all verdicts failed. */
    public Optional<Agreement> agreement() {
        List<Pair> pairs = read().mapToObj(i -> pair(i, row(i).category(parts()), category(i)))
                .toList();
        return pairs.isEmpty() ? Optional.empty() : Optional.of(Agreement.of(pairs));
    }

    private Pair pair(int row, String first, String second) {
        return new Pair(first, second, row(row).group(), row(row).weight());
    }

    /** Of numbers, where people and judge gave some. */
    public Optional<Reliability> reliability() {
        List<Reliability.Scored> scored = read().filter(
                        i -> row(i).score() != null && verdicts.get(i).verdict().equals("scored"))
                .mapToObj(i -> new Reliability.Scored(
                        Objects.requireNonNull(row(i).score()),
                        verdicts.get(i).scored().orElseThrow(),
                        row(i).group(),
                        row(i).weight()))
                .toList();
        return scored.size() < 2 ? Optional.empty() : Optional.of(Reliability.of(scored));
    }

    /** Where people say otherwise. */
    public List<Difference> differences() {
        return read().mapToObj(i -> new Difference(
                        row(i),
                        row(i).category(parts()),
                        category(i),
                        verdicts.get(i).reason()))
                .filter(JudgedGold::differs)
                .toList();
    }

    private static boolean differs(Difference row) {
        return !row.first().equals(row.second());
    }

    /** With another judge on the same rows; none where no row has both. */
    public Optional<Agreement> with(JudgedGold other) {
        List<Pair> pairs = read().filter(other::read)
                .mapToObj(i -> pair(i, other.category(i), category(i)))
                .toList();
        return pairs.isEmpty() ? Optional.empty() : Optional.of(Agreement.of(pairs));
    }

    /** Where another judge says otherwise; its reading is the first. */
    public List<Difference> differences(JudgedGold other) {
        return read().filter(other::read)
                .mapToObj(i -> new Difference(
                        row(i), other.category(i), category(i), verdicts.get(i).reason()))
                .filter(JudgedGold::differs)
                .toList();
    }

    /** To be kept. */
    public Optional<Calibration> calibration() {
        return agreement().map(with -> kept(Calibration.PEOPLE, with));
    }

    /** The same against another judge. */
    public Optional<Calibration> calibration(JudgedGold other) {
        return with(other).map(with -> kept(other.judge(), with));
    }

    private Calibration kept(String reference, Agreement with) {
        Map<String, Double> base = new TreeMap<>();
        with.first().forEach((word, share) -> base.put(word, rounded(share)));
        return new Calibration(
                judge,
                reference,
                gold.name(),
                with.rows(),
                with.groups(),
                (long) gold.rows().size() - with.rows(),
                base,
                rounded(with.share()),
                with.kappa().map(JudgedGold::rounded).orElse(null),
                with.kappaInterval().map(ends -> rounded(ends.low())).orElse(null),
                with.kappaInterval().map(ends -> rounded(ends.high())).orElse(null));
    }

    /** As much as a line of text needs. */
    private static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }
}
