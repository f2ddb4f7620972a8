package org.selgen.lake;

import org.selgen.data.BadInput;

/** The version of a lake's layout. */
final class LakeVersion {
    /** The file that holds it. */
    static final String FILE = "version";

    /** Raised when a lake of the last version can no longer be read or written as it is. */
    static final int NUMBER = 1;

    private LakeVersion() {}

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
