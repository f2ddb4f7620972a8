package org.selgen.template.python;

/** A template did what cannot be rendered; {@link Template} says of which line. */
public final class Refused extends RuntimeException {
    private int line; // 0 until a statement says which
    private final boolean raised;

    public Refused(String message) {
        this(message, false);
    }

    private Refused(String message, boolean raised) {
        super(message, null, false, false);
        this.raised = raised;
    }

    /** What the template itself says of a conversation that it does not take. */
    public static Refused raised(String message) {
        return new Refused(message, true);
    }

    public static Refused type(String what, Object value) {
        return new Refused(what + " cannot be done with " + TypeName.of(value));
    }

    /** The same; the innermost statement is the first to say its line. */
    public Refused at(int number) {
        line = line == 0 ? number : line;
        return this;
    }

    public int line() {
        return line;
    }

    public boolean isRaised() {
        return raised;
    }
}
