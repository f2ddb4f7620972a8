package org.selgen.lake;

import java.io.IOException;
import org.selgen.data.BadInput;

/** The version of a lake's layout. */
final class LakeVersion {
    /** The file that holds it. */
    static final String FILE = "version";

    /**
     * Raised when lakes of the last version lack something that readers may count on; a step of {@link LakeUpgrade} brings it.
     * A lake of an older version opens as it is.
     */
    static final int NUMBER = 2;

    private LakeVersion() {}

    /** That of the lake in a place; this selgen's where nothing was written yet. */
    static int of(Storage root) throws IOException {
        return root.at(FILE).text().map(text -> Integer.parseInt(text.strip())).orElse(NUMBER);
    }

    /** Refuses a lake that a newer selgen wrote, and what is no lake. */
    static void check(String root, String version) {
        if (!version.matches("\\d{1,9}")) {
            throw new BadInput(root + "/" + FILE + " holds '" + version + "' but must hold a number; is " + root
                    + " a lake? Give another --lake");
        }
        if (Integer.parseInt(version) > NUMBER) {
            throw new BadInput("the lake " + root + " has version " + version
                    + ", but this selgen knows versions up to " + NUMBER + "; use a newer selgen or another --lake");
        }
    }
}
