package org.selgen.source.toy;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The facts of the toy world: short lists of one-word answers. */
public final class ToyWorld {
    static final Map<String, String> CAPITALS = pairs("""
            france paris, italy rome, spain madrid, germany berlin, japan tokyo, china beijing, egypt cairo, greece athens,
            russia moscow, poland warsaw, norway oslo, sweden stockholm, finland helsinki, denmark copenhagen,
            portugal lisbon, ireland dublin, austria vienna, hungary budapest, iceland reykjavik, iran tehran, iraq baghdad,
            kenya nairobi, peru lima, chile santiago, cuba havana, canada ottawa, india delhi, nepal kathmandu,
            thailand bangkok, vietnam hanoi, korea seoul, qatar doha, oman muscat, ghana accra, senegal dakar,
            belgium brussels, croatia zagreb, serbia belgrade, bulgaria sofia, romania bucharest
            """);

    static final Map<String, String> KINDS = classes("""
            mammal: dog cat cow horse sheep pig lion bear,
            bird: eagle owl duck crow swan robin goose hen,
            fish: shark trout salmon cod tuna carp eel pike,
            insect: ant bee wasp moth beetle fly cricket gnat,
            reptile: snake lizard turtle gecko cobra iguana viper tortoise
            """);

    static final Map<String, String> YOUNG = pairs("""
            dog puppy, cat kitten, cow calf, horse foal, sheep lamb, pig piglet, lion cub, goat kid, deer fawn,
            duck duckling, swan cygnet, goose gosling, hen chick, owl owlet, eagle eaglet, frog tadpole, eel elver,
            kangaroo joey, hare leveret, fox kit, seal pup, llama cria, moth caterpillar, fish fry
            """);

    static final Map<String, String> OPPOSITES = bothWays("""
            hot cold, big small, fast slow, high low, open shut, light dark, soft hard, young old, early late, wet dry,
            full empty, loud quiet, near far, rich poor, strong weak, clean dirty
            """);

    static final Map<String, String> COLOURS = classes("""
            yellow: banana lemon sun straw, white: snow milk salt chalk, black: coal tar soot, green: grass leaf moss,
            red: blood tomato cherry, blue: sky sea, orange: carrot pumpkin, purple: plum grape, brown: mud bark,
            pink: rose
            """);

    /** Cyclic sequences. */
    static final List<List<String>> ROUNDS = List.of(
            words("monday tuesday wednesday thursday friday saturday sunday"),
            words("january february march april may june july august september october november december"),
            words("spring summer autumn winter"));

    /** Beginnings of invented names. */
    static final List<String> BEGINNINGS = words("bram dul fen gor hask jil kor lum mav nim ost pel");

    private ToyWorld() {}

    public static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private static Map<String, String> pairs(String text) {
        return entries(text, (facts, words) -> put(facts, words.get(0), words.get(1)));
    }

    private static Map<String, String> bothWays(String text) {
        return entries(text, (facts, words) -> {
            put(facts, words.get(0), words.get(1));
            put(facts, words.get(1), words.get(0));
        });
    }

    /** {@code class: member member} gives member to class. */
    private static Map<String, String> classes(String text) {
        return entries(text, (facts, words) -> {
            String name = words.get(0).replace(":", "");
            words.subList(1, words.size()).forEach(member -> put(facts, member, name));
        });
    }

    private static Map<String, String> entries(String text, BiConsumer<Map<String, String>, List<String>> reader) {
        Map<String, String> facts = new LinkedHashMap<>();
        Arrays.stream(text.split(",")).map(ToyWorld::words).forEach(words -> reader.accept(facts, words));
        return Collections.unmodifiableMap(facts);
    }

    private static void put(Map<String, String> facts, String subject, String answer) {
        String before = facts.put(subject, answer);
        if (before != null) {
            throw new IllegalStateException("the toy world says both " + before + " and " + answer + " of " + subject);
        }
    }
}
