package org.selgen.report.style;

import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.Set;
import org.selgen.data.BadInput;

/** The fonts of the picture. */
public final class Typeface {
    private static final List<String> WISHED =
            List.of("Inter", "Noto Sans", "Source Sans 3", "Liberation Sans", "Arial", "DejaVu Sans", "Verdana");

    private Typeface() {}

    /**
     * The best sans-serif family this machine has.
     *
     * @throws BadInput if it has no font at all
     */
    public static String family() {
        try {
            Set<String> installed =
                    Set.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames());
            if (installed.isEmpty()) {
                throw new BadInput(
                        "no font is installed, so the picture cannot have labels; install one, for example with"
                                + " 'apt-get install fontconfig fonts-dejavu-core'");
            }
            return WISHED.stream().filter(installed::contains).findFirst().orElse(Font.SANS_SERIF);
        } catch (InternalError | NullPointerException | NoClassDefFoundError | UnsatisfiedLinkError e) {
            // what the JDK throws where fontconfig or libfreetype is missing
            throw new BadInput(
                    "the JDK cannot read this machine's fonts (" + e + "); install them, for example with"
                            + " 'apt-get install fontconfig libfreetype6 fonts-dejavu-core'",
                    e);
        }
    }
}
