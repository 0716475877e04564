/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** The page when what lies between it and the application answers in its place: 502, as while it starts anew. */
@Tag("browser")
class BrowserOutageTest {

    private static final App APP = App.shared();

    private final BrowserProxy proxy = new BrowserProxy(APP.port());
    private Browser browser;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        browser = Browser.openAt(proxy.uri("/"));
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        proxy.close();
    }

    private void goesDown() {
        proxy.down();
        browser.untilText("link-text", "Reconnecting");
        // The second time can only be the page's own: for the browser the first answer was the last word.
        App.eventually(() -> proxy.refused() > 1);
        assertThat(browser.text("link-text")).isEqualTo("Reconnecting");
    }

    private void comesBack() {
        proxy.up();
        browser.untilText("link-text", "Live");
    }

    private String address() {
        return String.valueOf(browser.driver().executeScript("return location.hash"));
    }

    @Test
    void aDeletionIsFollowedAgainAndWhatCouldNotBeDoneIsShown() throws IOException {
        browser.click("demo-load");
        browser.untilText("loaded-name", "Demo list");
        browser.click("start");
        browser.untilText("d-state", "Running");
        browser.click("pause");
        browser.untilText("d-state", "Paused");
        String shown = address();
        assertThat(shown).isEqualTo("#" + browser.text("d-id"));

        goesDown();
        assertThat(address()).as("it may come back").isEqualTo(shown);
        browser.click("resume");
        browser.until("act-problem", WebElement::isDisplayed);
        assertThat(browser.text("act-problem")).contains("HTTP 502", "Try again");
        assertThat(browser.find("act-problem").getAttribute("role")).isEqualTo("alert");
        assertThat(browser.text("d-state")).isEqualTo("Paused");
        browser.screenshot("10-not-resumed-desktop-light");

        comesBack();
        assertThat(address()).isEqualTo(shown);
        browser.click("resume");
        browser.until("act-problem", problem -> !problem.isDisplayed());
        browser.untilText("d-state", "Running");
        long before = browser.number("d-answered");
        browser.until("d-answered", any -> browser.number("d-answered") > before);
        browser.click("cancel");
        browser.click("cancel");
        browser.untilText("d-state", "Cancelled");
    }

    @Test
    void theListOfAllIsFollowedAgain() {
        goesDown();
        comesBack();
        String id = APP.start("", "nobody,x");
        browser.untilText("recent", id);
    }

    @Test
    void onlyWhatTheApplicationDoesNotKnowIsForgotten() {
        browser.driver().executeScript("location.hash = 'never-been'");
        App.eventually(() -> address().isEmpty());
        browser.untilText("link-text", "Live");
        assertThat(browser.find("empty").isDisplayed()).isTrue();
    }
}
