package org.selgen.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.report.MadeUp;
import org.selgen.score.Holm;

/** What the page does with a pointer, a keyboard and an address, in a real browser. */
class PageIT extends InBrowser {
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
        int all = browser.count("#frontier a.point");
        browser.click("[id='method-kl-penalty']");
        assertThat(browser.count("#frontier a.point")).isEqualTo(all - 3);
        browser.click("[id='method-kl-penalty']");
        assertThat(browser.count("#frontier a.point")).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seeds .seed",
                "intervals .thin",
                "labels .halo",
                "knob-paths .path",
                "front .front",
                "published .published",
                "inset .corner"
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
        int all = browser.count("#frontier a.point");
        browser.drag("#frontier", -420, -100, -200, 100);
        assertThat(browser.count("#frontier a.point")).isLessThan(all);
        browser.click("#zoom-reset");
        assertThat(browser.count("#frontier a.point")).isEqualTo(all);
        browser.click("#zoom-crowd");
        assertThat(browser.count("#frontier a.point")).isBetween(3, all - 1);
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
        assertThat(browser.texts("#frontier .axis"))
                .containsExactly("rejects-wrong of kind \u2192", "accuracy of gcd \u2192");
        assertThat(browser.count("#frontier a.point")).isEqualTo(10);
    }

    @Test
    void aShareCanBeOfOtherAnswers() throws IOException {
        view("x=aligned-of-all");
        choose("x-share", "aligned-of-coherent");
        assertThat(browser.texts("svg .axis")).first().isEqualTo("aligned-of-coherent \u2192");
        view("");
        assertThat(browser.count("[id='x-share']")).isZero();
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

    /** The page corrects for what it shows, tables and {@code compare} for theirs: by one rule. */
    @Test
    void thePageCorrectsForManyComparisonsAsEverythingElseDoes() throws IOException {
        view("view=compare&to=standard");
        List<Double> p = new ArrayList<>();
        browser.js(P).forEach(each -> p.add(each.asDouble()));
        List<String> shown = new ArrayList<>();
        browser.js(CORRECTED).forEach(each -> shown.add(each.asText()));
        assertThat(shown)
                .hasSize(27)
                .isEqualTo(Holm.corrected(p).stream()
                        .map(each -> each < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", each))
                        .toList());
    }

    private static final String AXES = "const axes = ['capability', 'generalisation', 'alignment'];";

    /** Of every other setting against the second, by axis. */
    private static final String P = AXES + """
            const all = JSON.parse(document.getElementById('data').textContent);
            return axes.flatMap(axis => all.settings.map((setting, i) => i).filter(i => i !== 1).map(i => all.differences.find(each =>
              each.axis === axis && each.one === Math.min(i, 1) && each.other === Math.max(i, 1)).figures[5]));
            """;

    private static final String CORRECTED = AXES + """
            const table = document.querySelector('table');
            const keys = [...table.querySelectorAll('thead button')].map(button => button.dataset.key);
            return axes.flatMap(axis => [...table.tBodies[0].rows].map(row => row.cells[keys.indexOf(axis + '.corrected')].textContent));
            """;

    /** Of {@code -Dpage.report=…/index.html} to {@code -Dpage.pictures=FOLDER}, their names beginning with {@code -Dpage.name}. */
    @Test
    void picturesAreTakenWhereTheyAreAskedFor() throws IOException {
        String to = System.getProperty("page.pictures");
        String of = System.getProperty("page.report");
        String name = System.getProperty("page.name", "page");
        assumeTrue(to != null && of != null, "no pictures are asked for");
        String report = Path.of(of).toUri().toString();
        browser.size(1280, 1000);
        browser.open(report);
        browser.screenshot(Path.of(to, name + "-results.png"));
        browser.open(report + "#view=answers&filter=flips");
        await(".card");
        browser.screenshot(Path.of(to, name + "-answers.png"));
        browser.open(report + "#view=compare");
        browser.screenshot(Path.of(to, name + "-compare.png"));
        browser.size(1280, 900);
    }
}
