package org.selgen.lake;

import java.io.IOException;
import java.util.List;

/** What is to be deleted from a lake: first said, then done by who has its {@link Lock}. */
public interface Deletion {
    /** What goes. */
    List<String> lines();

    /** Deletes it. One that was killed is completed by {@link Garbage}. */
    void from(Lake lake) throws IOException;
}
