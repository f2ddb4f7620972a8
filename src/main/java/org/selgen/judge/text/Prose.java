package org.selgen.judge.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes the text of a chat model plain: no thoughts, no mark-up, straight quotes, digits of one script. In linear time. */
public final class Prose {
    private static final Map<Integer, String> SIGNS = Map.ofEntries(
            Map.entry(0x2705, ". yes. "),
            Map.entry(0x2714, ". yes. "),
            Map.entry(0x2611, ". yes. "),
            Map.entry(0x1F44D, ". yes. "),
            Map.entry(0x1F44C, ". yes. "),
            Map.entry(0x1F4AF, ". yes. "),
            Map.entry(0x274C, ". no. "),
            Map.entry(0x2716, ". no. "),
            Map.entry(0x274E, ". no. "),
            Map.entry(0x2718, ". no. "),
            Map.entry(0x2717, ". no. "),
            Map.entry(0x1F6AB, ". no. "),
            Map.entry(0x1F44E, ". no. "),
            Map.entry(0x2713, ". yes. "),
            Map.entry(0x2260, " is not "),
            Map.entry(0x2014, " , "),
            Map.entry(0xBD, " 1/2"),
            Map.entry(0xBC, " 1/4"),
            Map.entry(0xBE, " 3/4"),
            Map.entry(0x2153, " 1/3"),
            Map.entry(0x2154, " 2/3"),
            Map.entry(0x215B, " 1/8"),
            Map.entry(0x2044, "/"),
            Map.entry(0x2215, "/"),
            Map.entry(0xD7, "\u00d7"),
            Map.entry(0x22C5, "\u00d7"),
            Map.entry(0xFF1D, "="),
            Map.entry(0xFF1A, ":"));
    private static final String QUOTES = "\u2018\u2019\u02bc\u2032`\u00b4\u201b";
    private static final String DOUBLE_QUOTES = "\u201c\u201d\u00ab\u00bb\u201e\u300c\u300d";
    private static final String DASHES = "\u2212\u2013\u2011\u2010\u2012\ufe63\uff0d";
    private static final String SPACES = "\u00a0\u202f\u2009\u2007\u2002\u2003\u2005\u2006\u200a\u3000\t";
    private static final String UNSEEN = "\ufe0f\u200b\u200c\u200d\u2060\ufeff\u00ad";
    private static final String RAISED = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}']+");

    /** More characters than answers have; of a longer text the first and the last half of these are read. */
    public static final int LONGEST = 20_000;

    private Prose() {}

    /** The text as a person would see it, without what was thought before; nothing where thoughts do not end. */
    public static String plain(String text) {
        String said = within(Thoughts.after(text).orElse(""));
        return MarkUp.words(LatexText.plain(signs(MarkUp.frame(said)))).strip();
    }

    /** The beginning and the end of a text that is longer than answers are. */
    private static String within(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST / 2) + "\n" + text.substring(text.length() - LONGEST / 2);
    }

    /** One sign for each kind: digits as 0 to 9, one minus, one apostrophe; ticks and thumbs as yes and no. */
    private static String signs(String text) {
        StringBuilder plain = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x80) {
                plain.append(c == '`' ? '\'' : c == '\t' ? ' ' : (char) c);
            } else {
                other(c, plain);
            }
        }
        return plain.toString();
    }

    private static void other(int c, StringBuilder plain) {
        int raised = RAISED.indexOf(c);
        if (raised >= 0) {
            boolean goesOn = plain.length() > 1 && plain.charAt(plain.length() - 2) == '^';
            plain.append(goesOn ? "" : "^").append(raised);
        } else if (Character.isDigit(c)) {
            plain.append(Character.digit(c, 10));
        } else if (c == 0xB7 && plain.length() > 0 && " 0123456789".indexOf(plain.charAt(plain.length() - 1)) >= 0) {
            plain.append('\u00d7');
        } else if (QUOTES.indexOf(c) >= 0) {
            plain.append('\'');
        } else if (DOUBLE_QUOTES.indexOf(c) >= 0) {
            plain.append('"');
        } else if (DASHES.indexOf(c) >= 0) {
            plain.append('-');
        } else if (SPACES.indexOf(c) >= 0) {
            plain.append(' ');
        } else if (UNSEEN.indexOf(c) < 0) {
            String sign = SIGNS.get(c);
            if (sign != null) {
                plain.append(sign);
            } else {
                plain.appendCodePoint(c);
            }
        }
    }

    /** Lower case, without accents; punctuation other than the apostrophe becomes a space. For comparing words. */
    static String folded(String text) {
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        String joined = Sentences.initials(bare);
        return NO_WORD.matcher(joined.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
