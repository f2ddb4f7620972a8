package org.selgen.data;

import java.util.Objects;
import java.util.stream.Stream;

/** Another process writes the lake: nothing is wrong with what was given. The command line exits with 3. */
public final class LakeInUse extends BadInput {
    /** Of a process that is refused. */
    public static final int EXIT_CODE = 3;

    private final String holder;

    /**
     * @param lake folder or place of the lake
     * @param holder who writes it: process, machine and since when
     * @param more what else to know, behind the mend
     */
    public LakeInUse(String lake, String holder, String more) {
        super("the lake " + lake + " is being written by " + known(holder)
                + "; wait until it is done (--wait does), stop it, or give another --lake" + more);
        this.holder = known(holder);
    }

    /** Whether a failure comes of it. */
    public static boolean isCauseOf(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(LakeInUse.class::isInstance);
    }

    private LakeInUse(String message, String holder) {
        super(message);
        this.holder = known(holder);
    }

    /** Stops who had the right to write and was silent for so long that another took it. */
    public static LakeInUse takenOver(String lake, String holder) {
        return new LakeInUse(
                "the lake " + lake + " was taken over by " + known(holder)
                        + " while this process was paused or could not reach it; what was finished before is kept: give the"
                        + " same command again when the other is done (--wait waits for it)",
                holder);
    }

    /** Stops who had the right to write and may have been taken over from. */
    public static LakeInUse ranOut(String lake, long seconds) {
        return new LakeInUse(
                "the right to write the lake " + lake + " ran out: this process was paused or could not reach it for "
                        + seconds + " s; what was finished before is kept: give the same command again",
                "");
    }

    /** For a moment nobody has left word. */
    private static String known(String holder) {
        return holder.isBlank() ? "another process" : holder;
    }

    /** Who writes it: process, machine and since when. */
    public String holder() {
        return holder;
    }
}
