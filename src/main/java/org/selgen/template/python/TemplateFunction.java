package org.selgen.template.python;

/** What a template can call: a function, a macro, or a method of a value. */
@FunctionalInterface
public interface TemplateFunction extends TypeName.Named {
    Object call(Arguments arguments, Environment environment);

    @Override
    default String typeName() {
        return "a function";
    }
}
