/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.sandbox.FaultPlan;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** The live page in a real browser: {@code mvn -Pbrowser -pl examples/webflux -am test}. */
@Tag("browser")
class BrowserTest {

    private static final App APP = App.shared();

    private Browser browser;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        browser = Browser.openAt(APP.uri("/"));
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private void everyView(String state) throws IOException {
        browser.view(1360, 900, false, "dark");
        browser.screenshot(state + "-desktop-dark");
        browser.view(390, 844, true, "dark");
        browser.screenshot(state + "-phone-dark");
        browser.view(390, 844, true, "light");
        browser.screenshot(state + "-phone-light");
        assertThat((Long) browser.driver().executeScript("return document.documentElement.scrollWidth"))
                .as("nothing sticks out of a phone")
                .isEqualTo(390);
        browser.view(1360, 900, false, "light");
        browser.screenshot(state + "-desktop-light");
    }

    private void loadDemo(boolean faults) {
        if (faults) {
            browser.click("demo-faults");
        }
        browser.click("demo-load");
        browser.untilText("loaded-name", faults ? "Demo list, with faults" : "Demo list");
    }

    @Test
    void aListThatIsWrongIsToldInThePage() throws IOException {
        everyView("1-idle");
        browser.click("start");
        browser.untilText("problem", "The list is empty");

        browser.find("pairs").sendKeys("alice,bob\nalice;carol\n");
        browser.click("start");
        browser.untilText("problem", "Line 2 has one field only");

        everyView("2-bad-line");
        browser.find("pairs").clear();
        browser.find("pairs").sendKeys("alice,bob\n");
        browser.click("start");
        browser.untilText("d-state", "Done");
        browser.until("problem", problem -> !problem.isDisplayed());
        // Told by the browser for the answer 400, and for nothing else.
        assertThat(browser.complaints()).allMatch(text -> text.contains("400 (Bad Request)"));
    }

    @Test
    void startsPausesReloadsResumesAndCancels() throws IOException {
        loadDemo(true);
        browser.screenshot("3-loaded-desktop-light");
        browser.click("start");
        browser.untilText("d-state", "Running");
        browser.until("d-answered", any -> browser.number("d-answered") > 8_000);
        everyView("4-running");

        browser.click("pause");
        browser.untilText("d-state", "Paused");
        assertThat(browser.driver().switchTo().activeElement().getAttribute("id"))
                .as("the focus goes where the next step is")
                .isEqualTo("resume");
        App.standsStill(() -> APP.sandbox().score().calls());
        browser.untilText("p-calls", "0");
        everyView("5-paused");
        String id = browser.text("d-id");

        browser.driver().navigate().refresh();
        browser.untilText("d-state", "Paused");
        assertThat(browser.text("d-id")).isEqualTo(id);
        browser.screenshot("6-reloaded-desktop-light");

        long before = browser.number("d-answered");
        browser.find("resume").sendKeys(Keys.ENTER);
        browser.untilText("d-state", "Running");
        browser.until("d-answered", any -> browser.number("d-answered") > before);

        browser.click("cancel");
        browser.untilText("cancel", "Really cancel?");
        assertThat(browser.text("d-state")).isEqualTo("Running");
        browser.click("cancel");
        browser.untilText("d-state", "Cancelled");
        App.standsStill(() -> APP.sandbox().score().calls());
        everyView("7-cancelled");
        assertThat(browser.text("d-total")).isEqualTo("of 100,090 accounts");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsAHundredThousandToTheEnd() throws IOException {
        APP.sandbox().resetScore();
        loadDemo(false);
        browser.driver().findElement(By.cssSelector("input[value=both]")).click();
        browser.untilText("type-help", "Each forgets the other.");
        browser.click("start");
        browser.untilText("d-state", "Done");

        assertThat(browser.text("n-deleted")).isEqualTo("100,000");
        assertThat(browser.text("n-notFriends")).isEqualTo("30");
        assertThat(browser.text("n-failed")).isEqualTo("60");
        assertThat(browser.text("failures-title")).isEqualTo("60 accounts to look at");
        assertThat(browser.text("failures"))
                .contains("30003 The account does not exist.", "Import the account, or leave it out.")
                .contains("local The UserID is not valid, nothing was sent.", "Correct the account.");
        assertThat(browser.text("codes").lines()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(browser.text("codes")).contains("Import the account, or leave it out.");
        assertThat(browser.driver().findElements(By.cssSelector("#panel [title]")))
                .as("hints that only a mouse can read")
                .isEmpty();
        everyView("8-done");

        browser.driver().navigate().refresh();
        browser.untilText("d-state", "Done");
        browser.untilText("n-confirmed", "100,000");
        WebElement link = browser.find("ndjson");
        assertThat(link.getAttribute("href")).endsWith("/deletions/" + browser.text("d-id") + "/results");
        @SuppressWarnings("unchecked")
        List<String> loaded = (List<String>) browser.driver()
                .executeScript("return performance.getEntriesByType('resource').map(entry => entry.name)");
        assertThat(loaded)
                .isNotEmpty()
                .allMatch(name -> name.startsWith(APP.uri("/").toString()));
        assertThat(browser.complaints()).isEmpty();
        assertThat(APP.sandbox().friends().total()).isZero();
    }

    /** A browser opens six connections to a server: a page that took two of them would stand still in the fourth window. */
    @ParameterizedTest
    @CsvSource({"WINDOW, 4", "TAB, 9"})
    void manyPagesAtOnceAreLiveAndCanAct(WindowType type, int pages) {
        loadDemo(true);
        browser.click("start");
        browser.untilText("d-state", "Running");
        String shown = browser.driver().getCurrentUrl();
        for (int i = 0; i < pages; i++) {
            browser.openBeside(type, shown);
            browser.untilText("d-state", "Running");
            browser.untilText("link-text", "Live");
        }
        long before = browser.number("d-answered");
        browser.until("d-answered", any -> browser.number("d-answered") > before);
        browser.click("pause");
        browser.untilText("d-state", "Paused");
        List<String> windows = List.copyOf(browser.driver().getWindowHandles());
        assertThat(windows).hasSize(pages + 1);
        for (String window : windows) {
            browser.driver().switchTo().window(window);
            browser.untilText("d-state", "Paused");
        }
        browser.click("cancel");
        browser.click("cancel");
        browser.untilText("d-state", "Cancelled");
    }

    @Test
    void aPlotKeepsAsManyPointsAsCanBeSeen() {
        assertThat(browser.eventually("""
                import('/js/series.js').then(({ Series }) => {
                  const series = new Series();
                  const sample = (t) => ({ t, calls: t === 100 ? 200 : t % 100 });
                  for (let t = 1; t <= 100_000; t++) series.add([sample(t)]);
                  series.add(Array.from({ length: 100_000 }, (_, t) => sample(99_001 + t)));
                  const times = series.points.map(({ t }) => t);
                  return [times.length, times.every((t, i) => i === 0 || t > times[i - 1]), times[0] < 1000,
                    times.at(-1), series.newest.t, series.most(({ calls }) => calls)].join();
                })"""))
                .asString()
                .matches("[0-9]{3,4},true,true,199000,199000,[0-9]+")
                .satisfies(text -> assertThat(Integer.parseInt(text.substring(0, text.indexOf(','))))
                        .isBetween(500, 1001));
    }

    @Test
    void whatTheServiceAllowsIsToldBesideTheLimit() throws IOException {
        loadDemo(false);
        APP.sandbox().misbehave(FaultPlan.parse("code:60007=0.05", 1));
        browser.click("start");
        browser.until("p-adapted", WebElement::isDisplayed);
        assertThat(browser.number("p-allowed")).isBetween(1L, 199L);
        assertThat(browser.text("now-calls")).endsWith("of 200");
        browser.until("legend-adapted", WebElement::isDisplayed);
        everyView("9-slowed-down");
        browser.click("cancel");
        browser.click("cancel");
        browser.untilText("d-state", "Cancelled");
    }
}
