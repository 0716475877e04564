/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Headless Chromium, as Debian installs it, and a camera. */
final class Browser implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test where there is no browser and none can be had. */
    static Browser open() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Chromium.isThere(),
                "There is no Chromium, and it could not be installed: apt-get install chromium chromium-driver");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Chromium.BINARY);
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + Files.createTempDirectory("chromium-"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Chromium.DRIVER)
                .usingAnyFreePort()
                .build();
        Files.createDirectories(SCREENSHOTS);
        return new Browser(new ChromeDriver(service, options));
    }

    /** On a desk, in daylight, with the live page before it. */
    static Browser openAt(URI page) throws IOException, InterruptedException {
        Browser browser = open();
        browser.view(1360, 900, false, "light");
        browser.driver().get(page.toString());
        browser.untilText("link-text", "Live");
        return browser;
    }

    ChromeDriver driver() {
        return driver;
    }

    /** A window of a size, seen by an eye that likes it light or dark. */
    void view(int width, int height, boolean phone, String colours) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    WebElement find(String id) {
        return driver.findElement(By.id(id));
    }

    String text(String id) {
        return find(id).getText();
    }

    void click(String id) {
        until(id, WebElement::isDisplayed);
        find(id).click();
    }

    void untilText(String id, String text) {
        until(id, element -> element.getText().contains(text));
    }

    void until(String id, Predicate<WebElement> condition) {
        new WebDriverWait(driver, Duration.ofMinutes(2)).until(any -> condition.test(find(id)));
    }

    long number(String id) {
        return Long.parseLong(text(id).replace(",", ""));
    }

    /** Opens a page beside those that are open, which goes to the front. */
    void openBeside(WindowType type, String uri) {
        driver.switchTo().newWindow(type);
        driver.get(uri);
    }

    /** What an expression that promises something comes to. */
    Object eventually(String promise) {
        return Objects.requireNonNull(driver.executeAsyncScript(
                "const done = arguments[0]; (" + promise + ").then(done, e => done(`${e}`));"));
    }

    /** The whole page, as it is now. */
    void screenshot(String name) throws IOException {
        Map<String, Object> picture =
                driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        String png = Objects.requireNonNull(picture.get("data")).toString();
        Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(png));
    }

    /** What the browser complained about: scripts that failed, things that the policy forbids or that were not found. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
