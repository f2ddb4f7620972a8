package org.selgen.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A made-up page in one browser for all tests of a class, whose console must stay silent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InBrowser {
    static final String TAB = "\ue004";
    static final String ENTER = "\ue007";
    static final String ESCAPE = "\ue00c";

    Path folder;
    Browser browser;
    String page;

    @BeforeAll
    final void start(@TempDir Path made) throws IOException {
        Optional<Path> chromium = Browser.program("chromium");
        Optional<Path> driver = Browser.program("chromedriver");
        assumeTrue(chromium.isPresent() && driver.isPresent(), "there is no Chromium here with its ChromeDriver");
        folder = made;
        page = Page.write(folder, MadePage.input()).toUri().toString();
        browser = new Browser(driver.get(), chromium.get());
        browser.size(1280, 900);
    }

    @AfterAll
    final void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    final void theConsoleIsSilent() throws IOException {
        assertThat(browser.console()).isEmpty();
    }

    /** Waits until an element is there: parts are read later than the page. */
    final void await(String css) throws IOException {
        String there =
                "return new Promise((done, failed) => { const end = performance.now() + 10000; const look = () =>"
                        + " document.querySelector(arguments[0]) ? done(true) : performance.now() > end ? done(false) :"
                        + " setTimeout(look, 10); look(); })";
        assertThat(browser.js(there, css).asBoolean()).as("%s is there", css).isTrue();
    }

    /** The page by what stands behind its #. */
    final void view(String hash) throws IOException {
        browser.open(page + "#" + hash);
    }

    final String hash() throws IOException {
        return browser.js("return location.hash").asText();
    }

    final boolean tipIsHidden() throws IOException {
        return browser.js("return document.getElementById('tip').hidden").asBoolean();
    }

    final List<String> questions() throws IOException {
        await(".card, .pages");
        return browser.texts(".card .asked a");
    }
}
