package org.selgen.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page by the keyboard alone, on every screen, in light and dark, in a real browser. */
class PageAccessIT extends InBrowser {
    private static final List<String> VIEWS = List.of("results", "labels", "training", "compare", "answers", "about");

    @Test
    void everythingCanBeReachedByTheKeyboard() throws IOException {
        view("");
        tabTo("other");
        assertThat(tipIsHidden()).isFalse();
        tabTo("point");
        assertThat(tipIsHidden()).isFalse();
        browser.press(ENTER);
        await(".card");
        browser.js("document.getElementById('of-show').focus()");
        browser.press("\ue015"); // down
        assertThat(hash()).contains("filter=flips");
        assertThat(browser.js(HERE).asText()).isEqualTo("of-show");
        view("view=compare");
        tabTo("effect");
        assertThat(tipIsHidden()).isFalse();
    }

    @Test
    void arrowKeysMoveWhatAZoomShows() throws IOException {
        view("zoom=0.8~0.95~0.8~1");
        tabTo("frontier");
        browser.press("\ue014"); // right
        assertThat(hash()).contains("zoom=0.81875");
        browser.press("\ue015"); // down
        assertThat(hash()).contains("0.77500");
    }

    private static final String HERE = "const e = document.activeElement; return e.id || (e.className?.baseVal ?? '')";

    private void tabTo(String name) throws IOException {
        for (int i = 0; i < 80 && !browser.js(HERE).asText().equals(name); i++) {
            browser.press(TAB);
        }
        assertThat(browser.js(HERE).asText()).isEqualTo(name);
        // Chromium also stops at what only listens to focus
        assertThat(browser.js("return document.activeElement.matches('a, [tabindex=\"0\"]')")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 390, 1280, 3840})
    void noWidthMakesAViewScrollSideways(int width) throws IOException {
        browser.size(width, 900);
        for (String view : VIEWS) {
            view("view=" + view);
            await(view.equals("answers") ? ".card" : "main > *");
            assertThat(browser.js("return document.documentElement.scrollWidth").asInt())
                    .as(view)
                    .isLessThanOrEqualTo(width);
            browser.screenshot(Path.of("target/page", view + "-" + width + ".png"));
        }
        browser.size(1280, 900);
    }

    @Test
    void noNameIsCutAtTheSideOfItsPicture() throws IOException {
        view("");
        await("#crowd .halo");
        assertThat(browser.js("""
                return [...document.querySelectorAll('#frontier .halo, #crowd .halo')].filter(name => {
                  const [text, area] = [name.getBBox(), name.closest('svg').querySelector('clipPath rect').getBBox()];
                  return text.x < area.x || text.x + text.width > area.x + area.width;
                }).map(name => name.textContent).join()
                """).asText()).isEmpty();
    }

    @Test
    void theDifferencesOfAllAxesHaveOneScale() throws IOException {
        view("view=compare");
        await(".picture .tick");
        assertThat(browser.js("""
                const ticks = [...document.querySelectorAll('.picture .tick')].map(e => [Number(e.textContent.replace('\u2212', '-')), Number(e.getAttribute('x'))]);
                const units = ticks.slice(1).map(([value, x], i) => [value - ticks[i][0], x - ticks[i][1]]).filter(([value]) => value > 0);
                return [ticks.filter(([value]) => value === 0).length, new Set(units.map(([value, x]) => (x / value).toFixed(3))).size].join();
                """).asText()).isEqualTo("3,1"); // a zero on each axis, and one width of a unit
    }

    /** WCAG's 4.5 for all text, in both schemes. */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void wordsCanBeReadInBothSchemes(String scheme) throws IOException {
        browser.scheme(scheme);
        for (String view : VIEWS) {
            view("view=" + view);
            await(view.equals("answers") ? ".card" : "main > *");
            assertThat(browser.js(CONTRAST).asText()).as(view).isEmpty();
            browser.screenshot(Path.of("target/page", view + "-" + scheme + ".png"));
        }
        browser.scheme("light");
    }

    private static final String CONTRAST = """
            const rgb = text => text.match(/[\\d.]+/g).map(Number);
            const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
              .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0.5) return c; } return [255, 255, 255]; };
            for (const e of document.querySelectorAll('body *')) {
              if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !e.getClientRects().length) continue;
              const style = getComputedStyle(e);
              const [a, b] = [light(rgb(e.namespaceURI.endsWith('svg') ? style.fill : style.color)), light(ground(e))];
              const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              if (ratio < 4.5) return e.tagName + ' "' + e.textContent.slice(0, 30) + '" ' + ratio.toFixed(2);
            }
            return '';
            """;
}
