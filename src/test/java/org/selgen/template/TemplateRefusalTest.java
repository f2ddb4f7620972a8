package org.selgen.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.BadInput;

/** What is not rendered is named with its line; a template cannot take more than its share of time and memory. */
class TemplateRefusalTest {
    private static final Map<String, Object> VARIABLES =
            new HashMap<>(Map.of("l", List.of(1, 2, 3), "s", "text", "d", Map.of("a", 1)));

    private static String rendered(String template) {
        return Template.of(template).render(VARIABLES, null).text();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            {% extends 'x' %}                      ¦ 'extends' is not rendered
            {% for x in l recursive %}{% endfor %} ¦ 'recursive'
            {{ s~"" is nosuch }}                   ¦ no test 'nosuch'
            {% nosuch %}                           ¦ no statement 'nosuch'
            {{ s.encode() }}                       ¦ method 'encode'
            {{ l.append(1) }}                      ¦ would change a list
            {{ d.update(d) }}                      ¦ would change a dict
            {{ cycler(1) }}                        ¦ function 'cycler'
            {{ {1.5: 2} }}                         ¦ key of a dict is a float
            {{ 9999999999999999999 }}              ¦ more than 64 bits
            {{ 2 ** 64 }}                          ¦ more than 64 bits
            {{ nothing.here }}                     ¦ 'nothing' is undefined
            {{ d.b.c }}                            ¦ a dict has no 'b'
            {{ s + 1 }}                            ¦ '+' cannot be done with a text and an integer
            {{ strftime_now('%Y') }}               ¦ 'strftime_now' is undefined
            {% break %}                            ¦ outside a loop
            {{ (1 }}                               ¦ '}' closes nothing
            {% if s %}                             ¦ the end of the template stands where
            {% set ns.a = 1 %}                     ¦ 'ns' is undefined
            {% set x %}{% generation %}{% endgeneration %}{% endset %} ¦ 'generation' block
            {{ l|select }}                         ¦ printing cannot be done with a generator
            {{ s.__class__ }}                      ¦ not safe
            {{ "%c" % 65 }}                        ¦ conversion 'c'
            {{ 1 / 0 }}                            ¦ division by zero
            {{ range(200000)|length }}             ¦ more than 100000 elements
            """)
    void isNamed(String template, String named) {
        assertThatThrownBy(() -> rendered(template))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("line 1 of the template: ")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"urlize", "groupby", "escape", "random"})
    void aFilterIsRefusedWhereItIsUsedAndNotBefore(String filter) {
        assertThat(rendered("{% if s == '' %}{{ s|" + filter + " }}{% endif %}fine"))
                .isEqualTo("fine");
        assertThatThrownBy(() -> rendered("{{ s|" + filter + " }}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("filter '" + filter + "' is not rendered");
    }

    @Test
    void theLineIsThatOfTheInnermostStatement() {
        assertThatThrownBy(() -> rendered("a\n{% if s %}\n\n{{ nothing.at.all }}\n{% endif %}"))
                .hasMessageStartingWith("line 4 of the template: 'nothing' is undefined");
    }

    @Test
    void whatATemplateSaysOfAConversationIsGivenAsItIs() {
        assertThatThrownBy(() -> rendered("{{ raise_exception('no ' ~ s) }}"))
                .isInstanceOf(BadInput.class)
                .hasMessage("no text");
    }

    @Test
    void theDayIsTheGivenOneAndNeverToday() {
        String template = "{{ strftime_now('%d %b %Y') if strftime_now is defined else 'none' }}";
        assertThat(Template.of(template)
                        .render(VARIABLES, LocalDate.of(2026, 9, 5))
                        .text())
                .isEqualTo("05 Sep 2026");
        assertThat(rendered(template)).isEqualTo("none");
    }

    @ParameterizedTest
    @Timeout(10)
    @ValueSource(
            strings = {
                "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
                "{% set n = namespace(s='a') %}{% for i in range(99) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
                "{% set n = namespace(a=[1]) %}{% for i in range(99) %}{% set n.a = n.a + n.a %}{% endfor %}",
                "{% set n = namespace(a=[]) %}{% for i in range(9999) %}{% set n.a = [n.a] %}{% endfor %}{{ n.a }}",
                "{% set n = namespace(a=[1]) %}{% for i in range(99) %}{% set n.a = [n.a, n.a] %}{% endfor %}{{ n.a|string == n.a }}",
                "{% set n = namespace(a=[1]) %}{% for i in range(99) %}{% set n.a = [n.a, n.a] %}{% endfor %}{{ n.a|tojson }}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{% macro f(n) %}{{ f(n + 1) ~ f(n + 1) }}{% endmacro %}{{ f(0) }}",
                "{{ 'a' * 1000000000 }}",
                "{{ 'a'.center(1000000000) }}",
                "{{ 'a'|indent(1000000000) }}",
                "{{ [1] * 1000000000000 }}",
                "{{ ('a' * 9999999).replace('a', 'b' * 9999) }}",
                "{% set s = 'ab' * 500000 %}{% for i in range(99999) %}{{ s[i] }}{% endfor %}",
                "{% set s = 'ab' * 500000 %}{% for i in range(99999) %}{{ s|length }}{% endfor %}",
                "{% for i in range(99999) %}{% set x = 'a'.ljust(9999999) %}{% endfor %}",
                "{{ 'ab'|batch(1000000000, 'x')|list }}",
                "{{ '%999999999d' % 1 }}"
            })
    void tooMuchWorkIsRefused(String template) {
        assertThatThrownBy(() -> rendered(template))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("line 1 of the template");
    }

    @Test
    @Timeout(10)
    void aLongTextIsSearchedInTimeThatGrowsWithItsLength() {
        assertThat(rendered("{{ ('a' * 4000000).find(('a' * 2000000) ~ 'b') }}"))
                .isEqualTo("-1");
        assertThat(rendered("{{ ('a' * 4000000).rfind('b' ~ ('a' * 2000000)) }}"))
                .isEqualTo("-1");
        assertThat(rendered("{{ ('x' ~ 'ab' * 50).find('ab' * 40) }} {{ ('ab' * 50 ~ 'x').rfind('ab' * 40) }}"))
                .isEqualTo("1 20");
    }

    @ParameterizedTest
    @Timeout(10)
    @ValueSource(strings = {"(", "[", "not ", "-", "{1:", "1 if 1 else "})
    void deepNestingIsRefused(String opening) {
        assertThatThrownBy(() -> rendered("{{ " + opening.repeat(9999) + "1 }}"))
                .isInstanceOf(BadInput.class);
    }

    @ParameterizedTest
    @Timeout(10)
    @ValueSource(strings = {" + 1", ".a", "[0]", "()", "|upper", " and 1", " ** 1", " is odd"})
    void longChainsOverflowNothing(String part) {
        assertThatThrownBy(() -> rendered("{{ d" + part.repeat(9999) + " }}")).isInstanceOf(BadInput.class);
    }

    @ParameterizedTest
    @Timeout(10)
    @ValueSource(
            strings = {
                "{{",
                "{%",
                "{#",
                "{% raw %}{% end",
                "{ ",
                "{{ '\\",
                "{% if 1 %}",
                "{% set a,",
                "{{ \"",
                "{{ a|",
                "{{ x if "
            })
    void unfinishedTagsAreReadInTimeThatGrowsWithTheirLength(String begin) {
        String template = begin.repeat(50_000);
        if (begin.equals("{ ")) {
            assertThat(rendered("x" + template)).hasSize(100_001);
        } else {
            assertThatThrownBy(() -> rendered(template)).isInstanceOf(BadInput.class);
        }
    }
}
