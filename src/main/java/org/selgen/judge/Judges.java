package org.selgen.judge;

import java.util.List;
import java.util.stream.Collectors;
import org.selgen.data.BadInput;

/** The judges by name. */
public final class Judges {
    private static final List<Judge> ALL =
            List.of(new Confirmation(), new MathsAnswer(), new Degenerate(), new Recklessness());

    private Judges() {}

    /**
     * The judge of a rubric, by bare name ({@code confirmation}, {@code maths}) or with its version ({@code maths@1}).
     *
     * @throws BadInput if there is none, naming those there are
     */
    public static Judge named(String rubric) {
        for (Judge judge : ALL) {
            if (judge.rubric().equals(rubric) || name(judge).equals(rubric)) {
                return judge;
            }
        }
        throw new BadInput("rubric '" + rubric + "' is unknown; choose one of "
                + ALL.stream().map(Judge::rubric).collect(Collectors.joining(", ")));
    }

    /** The bare names of the rules, in a fixed order. */
    public static List<String> names() {
        return ALL.stream().map(Judges::name).toList();
    }

    /** Whether a name is that of a rule, with or without its version. */
    public static boolean isRule(String name) {
        return names().contains(name.replaceAll("@.*", ""));
    }

    private static String name(Judge judge) {
        return judge.rubric().substring(0, judge.rubric().indexOf('@'));
    }
}
