package org.selgen.report;

/** Pieces of HTML text. */
final class Html {
    private Html() {}

    /** Text that shows as itself within elements and quoted attributes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
