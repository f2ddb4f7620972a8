package org.selgen.data;

/** Another process writes the lake: nothing is wrong with what was given. The command line exits with 3. */
public final class LakeInUse extends BadInput {
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

    /** For a moment nobody has left word. */
    private static String known(String holder) {
        return holder.isBlank() ? "another process" : holder;
    }

    /** Who writes it: process, machine and since when. */
    public String holder() {
        return holder;
    }
}
