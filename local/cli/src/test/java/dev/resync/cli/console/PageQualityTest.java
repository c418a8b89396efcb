package dev.resync.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.mongodb.client.MongoCollection;
import dev.resync.environment.Colour;
import dev.resync.environment.EnvironmentKind;
import dev.resync.store.MongoStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** What holds for every view: accessible, small, quiet, and at work with a thousand runs. */
@ExtendWith(InBrowser.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageQualityTest {

    private static final int MOST_BYTES = 150_000;
    private static final int RUNS = 1_000;
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private ServedConsole console;
    private String dryRun;
    private String atWork;

    @BeforeAll
    void serveRunsOfEveryKind() {
        console = new ServedConsole(ServedConsole.profile("prod", EnvironmentKind.PRODUCTION, Colour.RED));
        dryRun = console.startDryRun();
        console.ended(1);
        console.startRealRun();
        console.ended(2);
        console.startDryRun();
        console.ended(3);
        console.keepWaiting("map-chunk", 3);
        atWork = console.startRealRun();
        cloneRuns();
    }

    /** Older ones, all of one kind. */
    private void cloneRuns() {
        MongoCollection<Document> runs =
                console.client().getDatabase(MongoStore.CONTROL_DATABASE).getCollection("runs");
        Document model = runs.find(new Document("_id", dryRun)).first();
        List<Document> clones = new ArrayList<>();
        for (int number = 1; number <= RUNS - 4; number++) {
            Document clone = new Document(model);
            clone.put("_id", "prod-revalidation-20250101T000000-%010x".formatted(number));
            clone.put("shortId", "%010x".formatted(number));
            clone.put("execution", model.getString("execution") + number);
            clone.put("startedAt", Instant.EPOCH.plusSeconds(number).toString());
            clones.add(clone);
        }
        runs.insertMany(clones);
    }

    @AfterAll
    void end() {
        console.close();
    }

    @AfterEach
    void asItWas(Browser browser) {
        browser.desktop();
        browser.dark(false);
    }

    @ParameterizedTest
    // Colours depend on the one, layout on the other.
    @CsvSource({"false, false", "true, true"})
    void noViewHasGraveFindings(boolean dark, boolean phone, Browser browser) {
        browser.dark(dark);
        if (phone) {
            browser.phone();
        }
        Map<String, String> views = new LinkedHashMap<>();
        views.put("runs", "50 runs shown");
        views.put("runs/" + atWork, "Judged by ");
        views.put("runs/" + dryRun, "Verdict: passed");
        views.put("runs/" + dryRun + "/differences", "Compared with live");
        views.put("runs/" + dryRun + "/quarantine", "withheld from all targets");
        views.put("runs/" + dryRun + "/receipt", "UNTOUCHED: live is what it was");
        views.put("snapshots", "Kept because");
        views.put("start", "Start dry run");
        views.forEach((view, text) -> {
            browser.open(console.page(view));
            browser.awaitText(text);
            assertNoGraveFindings(view, browser);
            assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                    .as("%s fits the width of the window", view)
                    .isEqualTo(true);
        });
        browser.open(console.page("runs/" + atWork));
        browser.press("STOP");
        browser.find(By.cssSelector("dialog[open]"));
        assertNoGraveFindings("the dialog", browser);
    }

    private static void assertNoGraveFindings(String view, Browser browser) {
        List<Rule> grave = new AxeBuilder()
                .analyze(browser.driver()).getViolations().stream()
                        .filter(rule -> GRAVE.contains(rule.getImpact()))
                        .toList();
        assertThat(grave)
                .as("findings in %s", view)
                .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                .isEmpty();
    }

    @Test
    void thePageIsSmallAndTheConsoleStaysEmpty(Browser browser) {
        browser.driver().executeCdpCommand("Network.clearBrowserCache", Map.of());
        browser.open(console.page());
        browser.awaitText("50 runs shown");
        Number bytes = (Number)
                browser.run(
                        "return performance.getEntriesByType('navigation')"
                                + ".concat(performance.getEntriesByType('resource')).reduce((sum, entry) => sum + entry.transferSize, 0)");
        assertThat(bytes.longValue()).isPositive().isLessThanOrEqualTo(MOST_BYTES);
        List<?> hosts = (List<?>) browser.run(
                "return [...new Set(performance.getEntriesByType('resource').map(entry => new URL(entry.name).host))]");
        assertThat(hosts).as("hosts that the page asks").hasSize(1);
        for (String view : List.of("runs/" + atWork, "runs/" + dryRun + "/differences", "snapshots", "start")) {
            browser.run("location.hash = arguments[0]", "#/" + view);
            browser.find(By.cssSelector("h1"));
        }
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void theEnvironmentIsInEverySign(Browser browser) {
        browser.open(console.page());
        assertThat(browser.find(By.cssSelector(".banner")).getText())
                .contains("PRODUCTION")
                .contains("prod");
        assertThat(browser.driver().getTitle()).startsWith("PRODUCTION prod");
        assertThat(browser.find(By.cssSelector(".banner .pattern")).getCssValue("background-image"))
                .contains("repeating-linear-gradient");
        browser.run("scrollTo(0, document.body.scrollHeight)");
        assertThat(browser.run("return document.querySelector('.banner').getBoundingClientRect().top"))
                .as("it stays in sight")
                .isEqualTo(0L);
    }

    @Test
    void aThousandRunsAreShownAndAnswerAClick(Browser browser) {
        browser.open(console.page());
        for (int shown = 50; shown < RUNS; shown += 50) {
            awaitShown("%,d runs shown. Show more".formatted(shown), browser);
            browser.press("Show more");
        }
        awaitShown("1,000 runs shown, all there are.", browser);
        assertThat(browser.driver().findElements(By.cssSelector("table.runs tbody tr")))
                .hasSize(RUNS);
        // Still polled: the run at work is among them. What is drawn anew must not be all of it.
        browser.run(
                "window.drawn = 0; new MutationObserver(all => window.drawn += all.length)"
                        + ".observe(document.querySelector('table.runs tbody'), {subtree: true, childList: true, attributes: true})");
        long polls = polls(browser);
        await().atMost(Browser.BOUND)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(polls(browser)).isGreaterThan(polls + 1));
        assertThat(browser.run("return performance.getEntriesByType('resource')"
                        + ".filter(entry => entry.name.endsWith('/runs?limit=50')).at(-1).responseStatus"))
                .as("what is the same is not sent again")
                .isEqualTo(304L);
        assertThat(((Number) browser.run("return window.drawn")).longValue()).isLessThan(RUNS);
        browser.driver()
                .findElements(By.cssSelector("table.runs tbody a"))
                .get(RUNS - 1)
                .click();
        browser.awaitText("prod-revalidation-20250101T000000-");
    }

    /** Reading all of a thousand rows takes longer than drawing them. */
    private static void awaitShown(String text, Browser browser) {
        await().atMost(Browser.BOUND).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(
                        browser.texts(".more").stream()
                                .map(shown -> shown.replaceAll("\\s+", " "))
                                .toList())
                .containsExactly(text));
    }

    private static long polls(Browser browser) {
        return ((Number) browser.run("return performance.getEntriesByType('resource')"
                        + ".filter(entry => entry.name.endsWith('/runs?limit=50')).length"))
                .longValue();
    }
}
