package org.selgen.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    private static final String HOSTILE = "a\u001b]0;title\u0007 b\r\nc\td\u202ee\u009b\ud83d";

    @Test
    void whatATerminalWouldObeyIsSpelledOut() {
        assertThat(Printable.line(HOSTILE)).isEqualTo("a\\u001b]0;title\\u0007 b\\r\\nc\\td\\u202ee\\u009b\\ud83d");
        assertThat(Printable.lines(HOSTILE)).isEqualTo("a\\u001b]0;title\\u0007 b\nc\td\\u202ee\\u009b\\ud83d");
    }

    @Test
    void whatCanBeReadStaysAsItIs() {
        String text = "naïve 漢字 😀 – C:\\temp $1";
        assertThat(Printable.line(text)).isEqualTo(text);
        assertThat(Printable.lines(text)).isEqualTo(text);
    }
}
