package dev.resync.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless browser, as a person at it would use the page: what it finds, it finds by what is written there. */
final class Browser implements AutoCloseable {

    static final Duration BOUND = Duration.ofSeconds(30);

    /** Warns of protocols of this very Chromium, none of which is used. Held, or else its level would be forgotten. */
    private final Logger protocols = Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    private final ChromeDriver driver;
    /** The browser leaves some of its own behind. Not below {@code target}: names of its sockets must be short. */
    private final Path files;

    Browser(InstalledChromium installed) throws IOException {
        files = Files.createTempDirectory("browser");
        protocols.setLevel(Level.SEVERE);
        LoggingPreferences logged = new LoggingPreferences();
        logged.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(installed.browser().toFile())
                .addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        options.setCapability("goog:loggingPrefs", logged);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(installed.driver().toFile())
                        .withSilent(true)
                        .withEnvironment(Map.of("TMPDIR", files.toString()))
                        .build(),
                options);
        desktop();
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Loads a page anew, whatever was shown before. */
    void open(String url) {
        driver.get("about:blank");
        errors();
        driver.get(url);
    }

    void desktop() {
        size(1280, 900, false);
    }

    void phone() {
        size(390, 844, true);
    }

    void size(int width, int height, boolean mobile) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    }

    void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Takes the network away from the page, or gives it back. */
    void offline(boolean offline) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Returns what the console has been told since it was asked last, from warnings up. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    String text() {
        return String.valueOf(run("return document.body.innerText"));
    }

    /** Waits until a text is to be read. */
    void awaitText(String text) {
        await().atMost(BOUND).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> assertThat(text())
                .contains(text));
    }

    WebElement find(By by) {
        return await().atMost(BOUND)
                .pollInterval(Duration.ofMillis(50))
                .ignoreException(StaleElementReferenceException.class)
                .until(
                        () -> driver.findElements(by).stream()
                                .filter(WebElement::isDisplayed)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    WebElement button(String name) {
        return find(By.xpath("//button[normalize-space()='" + name + "']"));
    }

    /** Returns the button of this name in the dialog that is open. */
    WebElement inDialog(String name) {
        return find(By.xpath("//dialog[@open]//button[normalize-space()='" + name + "']"));
    }

    /** Presses a button; it may be drawn anew at the same time. */
    void press(String name) {
        await().atMost(BOUND).ignoreExceptions().until(() -> {
            button(name).click();
            return true;
        });
    }

    void pressLink(String name) {
        await().atMost(BOUND).ignoreExceptions().until(() -> {
            find(By.linkText(name)).click();
            return true;
        });
    }

    /** Types into the field of this label, in place of what stands there. */
    void type(String label, String text) {
        WebElement field = field(label);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        field.sendKeys(text);
    }

    WebElement field(String label) {
        WebElement found =
                find(By.xpath("(//dialog[@open]|//main)//label[starts-with(normalize-space(), '" + label + "')]"));
        return find(By.id(found.getDomAttribute("for")));
    }

    /** Chooses in the list of this label. */
    void choose(String label, String option) {
        find(By.xpath("//label[starts-with(normalize-space(), '" + label + "')]/select/option[.='" + option + "']"))
                .click();
    }

    int rows(String table) {
        return driver.findElements(By.cssSelector(table + " tbody tr")).size();
    }

    /** Returns the texts of all that a selector finds. */
    List<String> texts(String selector) {
        return ((List<?>) run("return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)", selector))
                .stream().map(String::valueOf).toList();
    }

    void keepDownloads(Path folder) {
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    void key(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Returns the answer of a request that the page could send as well: {@code status body}. */
    String send(String method, String path, String body) {
        return String.valueOf(driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                        + "fetch(new URL('..' + arguments[1], location.href), {method: arguments[0],"
                        + " headers: {'Content-Type': 'application/json'}, body: arguments[2]})"
                        + ".then(async answer => done(answer.status + ' ' + await answer.text()), e => done(String(e)))",
                method,
                path,
                body));
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> left = Files.walk(files)) {
            for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
