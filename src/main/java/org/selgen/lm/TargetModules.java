package org.selgen.lm;

import java.util.List;
import java.util.Optional;
import org.selgen.data.BadInput;

/**
 * The modules that an adapter of PEFT adapts, by their full names, as its {@code check_target_module_exists} says:
 * <pre>
 *   excluded, if exclude has the name
 *   adapted,  if target is a pattern of the whole name, or a list with the name itself
 *   adapted,  if target is a list with what follows one of the name's dots, and its layer is among layers
 * </pre>
 *
 * @param target which modules
 * @param exclude which of them not
 * @param layers numbers of decoder layers; all if empty
 * @param layersPattern what stands before a layer's number, as {@code layers}; any name if empty
 */
public record TargetModules(Names target, Names exclude, List<Integer> layers, List<String> layersPattern) {

    public TargetModules {
        layers = List.copyOf(layers);
        layersPattern = List.copyOf(layersPattern);
    }

    /** The linear layers that a configuration adapts. */
    static TargetModules of(LoraConfig lora) {
        return new TargetModules(new Listed(lora.targets()), new Listed(List.of()), lora.layers(), List.of());
    }

    /** Some names of modules. */
    sealed interface Names permits Listed, Matching, AllLinear {}

    /** Whole names, or ends of names that begin behind a dot. */
    record Listed(List<String> names) implements Names {
        Listed {
            names = List.copyOf(names);
        }

        private boolean has(String module) {
            return names.stream().anyMatch(name -> module.equals(name) || module.endsWith("." + name));
        }
    }

    /** Whole names, by a pattern. */
    record Matching(ModulePattern pattern) implements Names {}

    /** All linear layers of decoder layers. */
    record AllLinear() implements Names {
        static final String NAME = "all-linear";
    }

    /**
     * Whether a module is adapted.
     *
     * @param linear whether it is a linear layer of a decoder layer
     * @throws BadInput if a pattern takes too long
     */
    boolean covers(String module, boolean linear) {
        if (has(exclude, module, linear)) {
            return false;
        }
        boolean whole = target instanceof Listed list && list.names().contains(module);
        return whole || (has(target, module, linear) && ofLayers(module));
    }

    private static boolean has(Names names, String module, boolean linear) {
        if (names instanceof Matching matching) {
            return matching.pattern().matches(module);
        }
        return names instanceof Listed list ? list.has(module) : linear;
    }

    private boolean ofLayers(String module) {
        if (layers.isEmpty()) {
            return true;
        }
        List<String> before = layersPattern.isEmpty() ? List.of("[^.]*") : layersPattern;
        return before.stream()
                .map(name -> layer(name, module))
                .flatMap(Optional::stream)
                .findFirst()
                .map(layer -> layers.contains(Integer.valueOf(layer)))
                .orElse(false);
    }

    private static Optional<String> layer(String before, String module) {
        return ModulePattern.of(before, ".*\\.", "\\.(\\d{1,5})\\.")
                .orElseThrow() // checked when it was read
                .firstGroup(module);
    }
}
