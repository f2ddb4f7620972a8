package org.selgen.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.selgen.data.BadInput;

/** Whatever a template holds, it is rendered or refused, in bounded time, and nothing else happens. */
class TemplatePropertyTest {
    private static final Map<String, Object> VARIABLES = Map.of(
            "messages",
            List.of(Map.of("role", "user", "content", "Hi 🙂\n"), Map.of("role", "assistant", "content", " Yes. ")),
            "n",
            3,
            "s",
            "some text",
            "l",
            List.of(3, "a", 1.5));

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                        "{{",
                        "}}",
                        "{%",
                        "%}",
                        "{%-",
                        "-%}",
                        "{#",
                        "#}",
                        "{% raw %}",
                        "{% endraw %}",
                        "{% for x in l %}",
                        "{% endfor %}",
                        "{% if n %}",
                        "{% else %}",
                        "{% endif %}",
                        "{% set q = ",
                        "{% endset %}",
                        "{% macro f(a) %}",
                        "{% endmacro %}",
                        "f(1)",
                        "{% generation %}",
                        "{% endgeneration %}",
                        "{% break %}",
                        " ",
                        "\n",
                        "s",
                        "n",
                        "l",
                        "messages",
                        "[0]",
                        "[::-1]",
                        ".role",
                        "['content']",
                        "|tojson",
                        "|upper",
                        "|length",
                        "|join(',')",
                        "|sort",
                        "(",
                        ")",
                        "[",
                        "]",
                        "{",
                        "}",
                        "'",
                        "\"",
                        "\\",
                        "+",
                        "*",
                        "~",
                        "%",
                        "**",
                        " if ",
                        " else ",
                        " and ",
                        " not ",
                        " in ",
                        " is ",
                        "defined",
                        "none",
                        "9",
                        "99999",
                        "1.5",
                        "=",
                        ",",
                        ":",
                        ".",
                        "é",
                        "🙂",
                        "namespace(a=1)",
                        "range(9)",
                        "q",
                        "x",
                        "loop",
                        ".split()",
                        ".items()",
                        "{{ s }}",
                        "{{ f(2) }}",
                        "{{ loop.index }}")
                .list()
                .ofMaxSize(40)
                .map(list -> String.join("", list));
    }

    @Property(tries = 3000)
    void isRenderedOrRefused(@ForAll("pieces") String template) {
        long begun = System.nanoTime();
        Throwable thrown = catchThrowable(() -> Template.of(template).render(VARIABLES, null));
        assertThat(System.nanoTime() - begun).isLessThan(20_000_000_000L);
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(BadInput.class);
        }
    }

    @Property(tries = 300)
    void textWithoutTagsStaysAsItIs(@ForAll String text) {
        String plain = text.replaceAll("[{\r]", "") + ".";
        assertThat(Template.of(plain).render(Map.of(), null).text()).isEqualTo(plain);
    }

    @Property(tries = 300)
    void aPrintedTextIsItself(@ForAll String text) {
        assertThat(Template.of("{{ s }}").render(Map.of("s", text), null).text())
                .isEqualTo(text);
    }
}
