package dev.resync.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.environment.Colour;
import dev.resync.environment.EnvironmentKind;
import dev.resync.run.Ending;
import dev.resync.run.RunState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Stopping a run that is at work, by pointer, by keyboard and without a connection. */
@ExtendWith(InBrowser.class)
class StopFromThePageTest {

    private static final String STAGE = "map-chunk";
    private static final int MOST_TABS = 8;

    private ServedConsole console;
    private String run;

    @BeforeEach
    void serveARunAtWork() {
        ObjectNode profile = ServedConsole.profile("prod", EnvironmentKind.PRODUCTION, Colour.RED);
        ((ObjectNode) profile.path("callers")).putArray("operators").add(ServedConsole.ADA);
        console = new ServedConsole(profile);
        console.keepWaiting(STAGE);
        run = console.startDryRun();
    }

    @AfterEach
    void end() {
        console.close();
    }

    @Test
    void aWrongNameStopsNothingAndTheRightOneDoes(Browser browser) {
        browser.open(console.page("runs/" + run));
        browser.press("STOP");
        browser.type("Reason", "it was meant for preprod");
        browser.type("Type the environment", "preprod");
        assertThat(browser.inDialog("STOP").isEnabled()).isFalse();
        browser.key(Keys.ENTER);
        assertThat(browser.find(By.cssSelector("dialog[open]")).getText())
                .contains("That is not the name of this environment.");
        assertThat(browser.send(
                        "POST", "/runs/" + run + "/stop", "{\"environment\": \"preprod\", \"reason\": \"by hand\"}"))
                .startsWith("409 ")
                .contains("EnvironmentMismatch");
        assertThat(console.newest().state()).isEqualTo(RunState.OPEN);

        browser.type("Type the environment", "prod");
        browser.inDialog("STOP").click();
        await().atMost(Browser.BOUND)
                .untilAsserted(() -> assertThat(console.newest().state()).isNotEqualTo(RunState.OPEN));
        console.release(STAGE);
        browser.awaitText("live is what it was");
        assertThat(console.ended(1).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(browser.driver().findElements(By.cssSelector("button.stop"))).isEmpty();
    }

    @Test
    void whoMayOnlyLookIsToldWhy(Browser browser) {
        console.callAs(ServedConsole.GRACE);
        browser.open(console.page("runs/" + run));
        assertThat(browser.button("STOP").isEnabled()).isFalse();
        assertThat(browser.find(By.id("why-stop")).getText())
                .matches("STOP: Only operators of environment \\S+ may\\.");
        browser.open(console.page("start"));
        browser.awaitText("Only operators may start runs; you are viewer, approver here.");
        assertThat(browser.find(By.id("reason")).isEnabled()).isFalse();
    }

    @Test
    void theKeyboardAloneStopsARun(Browser browser) {
        browser.open(console.page("runs/" + run));
        browser.button("STOP");
        int tabs = 0;
        while (!browser.focused().getText().equals("STOP")) {
            assertThat(tabs++).as("presses of the tab key before STOP").isLessThan(MOST_TABS);
            browser.key(Keys.TAB);
        }
        browser.key(Keys.ENTER);
        assertThat(browser.find(By.cssSelector("dialog[open]")).getAccessibleName())
                .isEqualTo("Stop this run");
        browser.key(Keys.ESCAPE);
        assertThat(browser.driver().findElements(By.cssSelector("dialog[open]")))
                .isEmpty();
        assertThat(browser.focused().getText()).as("focus comes back").isEqualTo("STOP");

        browser.key(Keys.ENTER);
        browser.key("wrong numbers", Keys.TAB, "prod", Keys.TAB, Keys.ENTER);
        await().atMost(Browser.BOUND)
                .untilAsserted(() -> assertThat(console.newest().state()).isNotEqualTo(RunState.OPEN));
        console.release(STAGE);
        assertThat(console.ended(1).ending()).isEqualTo(Ending.UNTOUCHED);
    }

    @Test
    void aLostConnectionIsShownAndLeavesStopAlone(Browser browser) {
        browser.open(console.page("runs/" + run));
        browser.button("STOP");
        browser.offline(true);
        try {
            browser.awaitText("trying again");
            assertThat(browser.text()).containsPattern("Last answer \\d\\d:\\d\\d:\\d\\d UTC");
            browser.press("STOP");
            browser.type("Reason", "nobody answers");
            browser.type("Type the environment", "prod");
            browser.inDialog("STOP").click();
            browser.awaitText("No answer came, so this may or may not have been done.");
        } finally {
            browser.offline(false);
        }
        browser.inDialog("STOP").click();
        await().atMost(Browser.BOUND)
                .untilAsserted(() -> assertThat(console.newest().state()).isNotEqualTo(RunState.OPEN));
        await().atMost(Browser.BOUND)
                .untilAsserted(() -> assertThat(browser.text()).doesNotContain("trying again"));
        console.release(STAGE);
        assertThat(console.ended(1).ending()).isEqualTo(Ending.UNTOUCHED);
    }
}
