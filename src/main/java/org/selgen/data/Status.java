package org.selgen.data;

/** How a run or a training ended. Its text is that of the table runs, as {@code finished}. */
public enum Status implements KebabColumn {
    FINISHED,
    /** The loss or the adapter became NaN or infinite, or the adapter stayed without effect. */
    DIVERGED,
    /** An exception, or too little memory; the run is trained again next time. */
    FAILED;

    @Override
    public String toString() {
        return column();
    }
}
