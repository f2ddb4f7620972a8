package org.selgen.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.serve.FolderServer;

/** The answers in the page, in a real browser. */
class AnswersIT extends InBrowser {
    @Test
    void answersStandSideBySideWithVerdictReasonAndReply() throws IOException {
        view("view=answers&runs=base-0~standard-1~mixed-1&question=proposals/q20");
        await(".card");
        assertThat(browser.texts(".answer h3")).containsExactly("base", "standard, seed 1", "mixed, seed 1");
        assertThat(browser.texts(".answer .words"))
                .anyMatch(text -> text.startsWith("No, it is word20"))
                .anyMatch(text -> text.startsWith("Yes, it is word20"));
        browser.click(".answer details summary");
        assertThat(browser.texts("details[open] dd"))
                .containsExactly("said so: No, it is word20 sample0", "reply to q20");
    }

    @Test
    void samplesArePaged() throws IOException {
        view("view=answers&runs=base-0~standard-1&question=proposals/q20");
        await(".answer .pages");
        browser.click("button[aria-label='next sample']");
        assertThat(browser.texts(".answer:first-of-type .words")).contains("No, it is word20 sample1");
    }

    @ParameterizedTest
    @CsvSource({"flips, 57", "disagree, 1", "worst, 59", "unscored, 1", "evading, 1", "degenerate, 1", "all, 60"})
    void aFilterShowsThoseAlone(String filter, int count) throws IOException {
        view("view=answers&runs=base-0~standard-1&filter=" + filter);
        questions();
        assertThat(browser.texts(".pages").get(0)).contains(": " + count + " questions");
    }

    @Test
    void pagesTurnAndTheAddressKnowsWhere() throws IOException {
        view("view=answers&runs=base-0~standard-1");
        assertThat(questions()).hasSize(10).first().isEqualTo("proposals/q0");
        browser.click("button.next");
        await("[data-question='proposals/q10']");
        assertThat(hash()).contains("page=2");
        view(hash().substring(1));
        assertThat(questions()).first().isEqualTo("proposals/q10");
    }

    @Test
    void wordsAreFoundInAnswers() throws IOException {
        view("view=answers&runs=base-0~standard-1");
        questions();
        browser.type("input[type=search]", "word41");
        await("[data-question='proposals/q41']");
        assertThat(questions()).containsExactly("proposals/q41");
        assertThat(hash()).contains("find=word41");
    }

    @Test
    void whatAnAnswerHoldsDoesNothing() throws IOException {
        view("view=answers&runs=base-0~standard-1");
        questions();
        assertThat(browser.js("return document.title").asText()).isEqualTo("gcd-sycophancy");
        assertThat(browser.count("main img, main script")).isZero();
        assertThat(browser.texts(".words"))
                .contains("<script>document.title = 'taken'</script>")
                .anyMatch(text -> text.startsWith("\\u202eright to left\\u202c"))
                .anyMatch(text -> text.startsWith("\\u001b[31mred\\u001b[0m\\u0007 \\u0000 {{script}} <!--"));
        assertThat(browser.js("return document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(1280);
        browser.click(".words + button");
        assertThat(browser.js("return document.querySelectorAll('.words')[0].ownerDocument.documentElement.scrollWidth")
                        .asInt())
                .isLessThanOrEqualTo(1280);
    }

    @Test
    void answersInFilesAreShownByTheServerAndAPageFromADiskSaysHow() throws IOException {
        Path apart = Files.createDirectory(folder.resolve("apart"));
        String file = Page.write(apart, MadePage.input(), 1000).toUri().toString();
        browser.open(file + "#view=answers");
        assertThat(browser.texts("[role=alert]"))
                .containsExactly(
                        "The answers lie in files beside this page, which a browser does not read from a disk. See them with:"
                                + " selgen report FILE --open, where FILE is the experiment's"
                                + " (as conf/experiments/gcd-sycophancy.yaml)");
        try (FolderServer server = new FolderServer(apart)) {
            browser.open(server.address() + "#view=answers&runs=base-0~standard-1&page=3");
            assertThat(questions()).first().isEqualTo("proposals/q20");
            browser.open(server.address() + "#view=training");
            await(".charts svg .line");
        }
    }

    /** Not a law but a measure: {@code -Dpage.answers=100000} makes so many; times go to target/page/times.txt. */
    @Test
    void manyAnswersOpenAndTurn() throws IOException {
        int wanted = Integer.getInteger("page.answers", 3000);
        Path many = Files.createDirectory(folder.resolve("many"));
        Page.write(many, MadePage.many(wanted), 100_000);
        try (FolderServer server = new FolderServer(many)) {
            browser.open(server.address() + "#view=answers&runs=base-0~standard-1~standard-2");
            await(".card");
            double opened = browser.js("return performance.now()").asDouble();
            List<Double> turns = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                turns.add(browser.js(TURN).asDouble());
            }
            Files.createDirectories(Path.of("target/page"));
            Files.writeString(
                    Path.of("target/page/times.txt"),
                    wanted + " answers: opened in " + Math.round(opened) + " ms, turned in " + turns + " ms\n");
            assertThat(turns).allMatch(turn -> turn < 2000); // far above the goal of 100 ms: what else runs here counts
            assertThat(questions()).hasSize(10);
        }
    }

    /** Of a page of answers all are in the second chunk of their run; the page before it has some in the first. */
    @Test
    void thePagesBesideTheOneShownAreReadToo() throws IOException {
        Path apart = Files.createDirectory(folder.resolve("ahead"));
        Page.write(apart, MadePage.input(), 1000);
        try (FolderServer server = new FolderServer(apart)) {
            for (String page : List.of("page=4", "page=2")) {
                browser.open(server.address() + "#view=answers&runs=base-0~standard-1&" + page);
                await(".card");
                String read =
                        "return new Promise(done => { const end = performance.now() + 1000; const look = () => { const all ="
                                + " performance.getEntriesByType('resource').map(each => each.name.split('/').at(-1));"
                                + " all.includes('run-0-0.json') || performance.now() > end ? done(all) : setTimeout(look, 10); }; look(); })";
                List<String> files = new ArrayList<>();
                browser.js(read).forEach(name -> files.add(name.asText()));
                assertThat(files.contains("run-0-1.json")).isTrue();
                assertThat(files.contains("run-0-0.json")).as(page).isEqualTo(page.equals("page=2"));
            }
        }
    }

    /** Milliseconds until the next page is drawn, half a second after the one before: somebody looks at it first. */
    private static final String TURN = """
            return new Promise(done => setTimeout(() => {
              const begun = performance.now();
              const was = document.querySelector('.card').dataset.question;
              document.querySelector('button.next').click();
              const look = () => document.querySelector('.card')?.dataset.question !== was && document.querySelector('.card')
                ? requestAnimationFrame(() => done(performance.now() - begun)) : requestAnimationFrame(look);
              look();
            }, 500));
            """;
}
