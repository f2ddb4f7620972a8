package org.selgen.template.python;

/**
 * What the filter {@code safe} gives. It can be printed and kept; joined to another text it would escape that text for
 * HTML, which no chat template means, so that is refused.
 */
public record SafeText(String text) implements TypeName.Named {
    @Override
    public String typeName() {
        return "a text that is marked as safe";
    }
}
