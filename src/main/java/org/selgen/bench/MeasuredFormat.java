package org.selgen.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** How measured numbers are written. */
public enum MeasuredFormat {
    /** A line for each, as soon as it is measured. */
    TABLE,
    /** One object at the end; numbers of several batches are in an object of their name, by batch. */
    JSON;

    /** Says a number that has been measured. */
    public void line(Measured one, PrintWriter out) {
        if (this == TABLE) {
            out.printf(Locale.ROOT, "%-30s %14.2f  %s%n", one.name(), one.value(), one.meaning());
            out.flush();
        }
    }

    /** Says all that were measured. */
    public void end(List<Measured> all, PrintWriter out) {
        if (this == JSON) {
            ObjectNode root = new ObjectMapper().createObjectNode();
            for (Measured one : all) {
                String[] path = one.name().split("\\.", 2);
                if (path.length == 1) {
                    root.put(path[0], one.value());
                } else {
                    root.withObject("/" + path[0]).put(path[1], one.value());
                }
            }
            out.println(root.toPrettyString());
        }
        out.flush();
    }
}
