package org.selgen.experiment.conf;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Which known name is meant by one that is not known: the one that it begins or abbreviates ({@code kl} for {@code
 * kl-penalty}, {@code lr} for {@code learningRate}, {@code bs} for {@code batch}), otherwise the one at the least edit
 * distance.
 */
public final class Nearest {
    private static final Map<String, String> COMMON = Map.of("bs", "batch", "ga", "accumulation", "wd", "weightDecay");

    private Nearest() {}

    /** The nearest known name; empty only where none is known. */
    public static Optional<String> of(String given, Collection<String> known) {
        String plain = plain(given);
        List<Predicate<String>> kinds = List.of(
                name -> plain(name).equals(plain),
                name -> name.equals(COMMON.get(plain)),
                name -> plain.length() > 1 && plain(name).startsWith(plain),
                name -> initials(name).equals(plain));
        return kinds.stream()
                .flatMap(kind -> known.stream().filter(kind).limit(1))
                .findFirst()
                .or(() -> byDistance(given, known));
    }

    private static Optional<String> byDistance(String given, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparing(
                        name -> LevenshteinDistance.getDefaultInstance().apply(given, name)));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }

    private static String initials(String name) {
        return Stream.of(name.split("[-_. ]|(?=\\p{Lu})"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toLowerCase(Locale.ROOT))
                .reduce("", String::concat);
    }
}
