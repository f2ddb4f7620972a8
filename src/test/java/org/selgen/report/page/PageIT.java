package org.selgen.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.report.MadeUp;

/** What the page does with a pointer, a keyboard and an address, in a real browser. */
class PageIT extends InBrowser {
    private static final List<String> VIEWS = List.of("results", "labels", "training", "compare", "answers", "about");

    @Test
    void thePointerOnAPointShowsWhatIsKnownOfIt() throws IOException {
        view("");
        browser.hover("a.point[data-setting='4'] path");
        assertThat(browser.texts("#tip"))
                .first()
                .asString()
                .contains("kl-penalty beta=1.0", "95 %", "unscored", "by seed");
        browser.press(ESCAPE);
        assertThat(tipIsHidden()).isTrue();
    }

    @Test
    void aPointLeadsToTheAnswersBehindIt() throws IOException {
        view("");
        browser.click("a.point[data-setting='9'] path");
        await(".card");
        assertThat(browser.texts(".card:first-of-type .answer h3"))
                .containsExactly("base", "upweight lambda=10.0, seed 1");
    }

    @Test
    void anAddressMeansTheSameWhenAnotherRunHasCome() throws IOException {
        MadeUp more = MadeUp.experiment();
        more.add("l2-sp", "", 1, 0.9, 0.9); // among the settings before upweight
        Collections.rotate(more.runs, 2); // among the runs before all of them
        String grown = Page.write(folder.resolve("grown"), MadePage.input(MadeUp.ABOUT, more))
                .toUri()
                .toString();
        view("");
        browser.click("a.point[data-setting='9'] path");
        browser.open(grown + hash());
        await(".card");
        assertThat(browser.texts(".card:first-of-type .answer h3"))
                .containsExactly("base", "upweight lambda=10.0, seed 1");
        view("view=compare");
        choose("of-compared-with", "9");
        browser.open(grown + hash());
        assertThat(browser.texts("caption").get(0)).startsWith("Differences to upweight lambda=10.0");
    }

    private void choose(String id, String value) throws IOException {
        browser.js(
                "const e = document.getElementById(arguments[0]); e.value = arguments[1]; e.dispatchEvent(new Event('change'))",
                id,
                value);
    }

    @Test
    void aMethodThatIsSwitchedOffIsNotDrawn() throws IOException {
        view("");
        int all = browser.count("a.point");
        browser.click("[id='method-kl-penalty']");
        assertThat(browser.count("a.point")).isEqualTo(all - 3);
        browser.click("[id='method-kl-penalty']");
        assertThat(browser.count("a.point")).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seeds .seed",
                "intervals .thin",
                "labels .halo",
                "knob-paths .path",
                "front .front",
                "published .published"
            })
    void whatIsSwitchedOffIsNotDrawn(String toggle) throws IOException {
        String[] parts = toggle.split(" ", -1);
        view("");
        assertThat(browser.count("#frontier " + parts[1])).isPositive();
        browser.click("#of-" + parts[0]);
        assertThat(browser.count("#frontier " + parts[1])).isZero();
    }

    @Test
    void theCellsOfARowStandBesideEachOther() throws IOException {
        view("view=about");
        assertThat(browser.js(
                                "return [...document.querySelectorAll('tbody tr')].filter(row =>"
                                        + " new Set([...row.cells].map(cell => cell.getBoundingClientRect().top)).size > 1).length")
                        .asInt())
                .isZero();
    }

    @Test
    void aColumnSortsUpAndDown() throws IOException {
        view("");
        String first = "tbody tr:first-child th a";
        browser.click("th button[data-key='alignment']");
        assertThat(browser.texts(first)).containsExactly("standard");
        browser.click("th button[data-key='alignment']");
        assertThat(browser.texts(first)).containsExactly("representation-constraint");
    }

    @Test
    void wordsFindRowsAndAColumnComes() throws IOException {
        view("");
        browser.click("details.columns summary");
        browser.click("[id='of-column-rejects-wrong']");
        assertThat(browser.texts("thead button")).anyMatch(title -> title.startsWith("rejects-wrong "));
        browser.type("input[type=search]", "lambda=10");
        await("tbody tr:only-child");
        assertThat(browser.texts("tbody th small")).containsExactly("lambda=10.0");
    }

    @Test
    void aBoxZoomsAndAButtonShowsAllAgain() throws IOException {
        view("");
        int all = browser.count("a.point");
        browser.drag("#frontier", -420, -100, -200, 100);
        assertThat(browser.count("a.point")).isLessThan(all);
        browser.click("#zoom-reset");
        assertThat(browser.count("a.point")).isEqualTo(all);
        browser.click("#zoom-crowd");
        assertThat(browser.count("a.point")).isBetween(3, all - 1);
    }

    @Test
    void anAddressLeadsBackToWhatWasSeen() throws IOException {
        view("");
        browser.click("[id='method-mixed']");
        browser.click("th button[data-key='capability']");
        browser.click("#zoom-in");
        String address = hash();
        List<String> seen = browser.texts("main");
        view(address.substring(1));
        assertThat(browser.texts("main")).isEqualTo(seen);
        assertThat(browser.texts("button[aria-pressed=false]")).containsExactly("mixed");
    }

    @Test
    void anyMetricCanBeAnAxis() throws IOException {
        view("x=rejects-wrong:kind&y=accuracy:gcd");
        assertThat(browser.texts("svg .axis"))
                .containsExactly("rejects-wrong of kind \u2192", "accuracy of gcd \u2192");
        assertThat(browser.count("a.point")).isEqualTo(10);
    }

    @Test
    void aRunThatDivergedIsApartAndCrossedInItsCurves() throws IOException {
        view("");
        assertThat(browser.texts("details li")).anyMatch(line -> line.contains("diverged (loss is NaN at step 12)"));
        view("view=training");
        await(".charts svg .line");
        assertThat(browser.count(".charts figure")).isEqualTo(4); // no term on the proxy
        assertThat(browser.texts(".end title")).contains("kl-penalty beta=100.0, seed 1 diverged");
        String first = ".charts figure:first-of-type ";
        assertThat(browser.count(first + ".last")).isEqualTo(browser.count(first + ".line") - 1);
    }

    @Test
    void aDifferenceTurnsItsSignWithTheTwoThatAreCompared() throws IOException {
        String alignment = "tbody tr:first-child td:nth-of-type(4)"; // of base, then of standard
        view("view=compare&to=standard");
        assertThat(browser.texts("caption"))
                .containsExactly("Differences to standard: 9 of 9", "Settings chosen on one half: 2 of 2");
        assertThat(browser.texts("main > p")).anyMatch(text -> text.contains("for the 27 comparisons shown here"));
        String base = browser.texts(alignment).get(0);
        assertThat(base).startsWith("+");
        view("view=compare&to=base");
        assertThat(browser.texts(alignment)).containsExactly(base.replace('+', '\u2212'));
        assertThat(browser.count(".picture path")).isEqualTo(27);
    }

    @Test
    void everythingCanBeReachedByTheKeyboard() throws IOException {
        view("");
        String here = "const e = document.activeElement; return e.className?.baseVal ?? e.id";
        for (int i = 0; i < 60 && !browser.js(here).asText().equals("point"); i++) {
            browser.press(TAB);
        }
        assertThat(browser.js(here).asText()).isEqualTo("point");
        assertThat(tipIsHidden()).isFalse();
        browser.press(ENTER);
        await(".card");
        browser.js("document.getElementById('of-show').focus()");
        browser.press("\ue015"); // down
        assertThat(hash()).contains("filter=flips");
        assertThat(browser.js(here).asText()).isEqualTo("of-show");
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

    /** Those of the documentation, of {@code -Dpage.report=…/index.html} to {@code -Dpage.pictures=FOLDER}. */
    @Test
    void picturesAreTakenWhereTheyAreAskedFor() throws IOException {
        String to = System.getProperty("page.pictures");
        String of = System.getProperty("page.report");
        assumeTrue(to != null && of != null, "no pictures are asked for");
        String report = Path.of(of).toUri().toString();
        browser.size(1280, 1000);
        browser.open(report);
        browser.screenshot(Path.of(to, "page-results.png"));
        browser.open(report + "#view=answers&filter=flips");
        await(".card");
        browser.screenshot(Path.of(to, "page-answers.png"));
        browser.open(report + "#view=compare");
        browser.screenshot(Path.of(to, "page-compare.png"));
        browser.size(1280, 900);
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
