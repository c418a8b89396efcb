package dev.resync.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Updates;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.environment.Colour;
import dev.resync.environment.EnvironmentKind;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunMode;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** From dry run to restore by the page alone, on one database: each step needs what the one before left. */
@ExtendWith(InBrowser.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class RunsFromThePageTest {

    private static final String HOSTILE = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>";

    private ServedConsole console;
    private String dryRun;

    @BeforeAll
    void serve() {
        console = new ServedConsole(ServedConsole.profile("preprod", EnvironmentKind.PRE_PRODUCTION, Colour.ORANGE)
                .put("approval", "one-other-person"));
        console.client()
                .getDatabase(RevalidationData.DATABASE)
                .getCollection("doctorsForDB")
                .updateOne(new Document("_id", "9000007"), Updates.set("lastUpdatedDate", HOSTILE));
    }

    @AfterAll
    void end() {
        console.close();
    }

    @Test
    @Order(1)
    void aDryRunIsStartedAndPasses(Browser browser) {
        browser.open(console.page("start"));
        browser.type("Reason", "after the rename " + HOSTILE);
        assertThat(browser.button("Start dry run").isEnabled()).isFalse();
        browser.type("Type the environment", "preprod");
        browser.press("Start dry run");

        browser.awaitText("Verdict: passed");
        browser.awaitText("live is what it was");
        Run run = console.ended(1);
        dryRun = run.id();
        assertThat(run.mode()).isEqualTo(RunMode.DRY_RUN);
        assertThat(run.requestedBy()).isEqualTo(ServedConsole.ADA);
        assertThat(browser.text()).contains("masterDoctorView").contains(HOSTILE);
        assertThat(browser.run("return window.hit")).isNull();
    }

    @Test
    @Order(2)
    void aDryRunThatPassedIsConfirmedAndRun(Browser browser) {
        console.keepWaiting("cut-over");
        browser.open(console.page("runs/" + dryRun));
        browser.press("Confirm and run");
        Run run = console.newest();
        browser.awaitText(run.receipt().path("planHash").asText());
        assertThat(browser.find(By.cssSelector("dialog[open]")).getText())
                .contains(dryRun)
                .contains(run.receipt().path("confirm").asText())
                .contains("%,d added, %,d changed"
                        .formatted(
                                run.receipt()
                                        .at("/targets/masterDoctorView/added")
                                        .asInt(),
                                run.receipt()
                                        .at("/targets/masterDoctorView/changed")
                                        .asInt()));
        browser.type("Reason", "the dry run looks right");
        browser.type("Type the environment", "preprod");
        browser.inDialog("Run for real").click();
        await().atMost(Browser.BOUND).until(() -> console.context().runs().all().size() == 2);
        await().atMost(Browser.BOUND).until(() -> console.newest().approvalToken() != null);
        assertThat(console.newest().mode()).isEqualTo(RunMode.EXECUTE);
    }

    @Test
    @Order(3)
    void whoAskedCannotApproveAndIsToldWhy(Browser browser) {
        browser.open(console.page("runs/" + console.newest().id()));
        assertThat(browser.button("Approve").isEnabled()).isFalse();
        assertThat(browser.find(By.id("why-approve")).getText()).startsWith("Approve: ");
    }

    @Test
    @Order(4)
    void anotherPersonApprovesAndTheNewViewIsLive(Browser browser) {
        console.callAs(ServedConsole.GRACE);
        browser.open(console.page("runs/" + console.newest().id()));
        browser.press("Approve");
        browser.type("Reason", "gates and differences are as expected");
        browser.type("Type the environment", "preprod");
        browser.inDialog("Approve").click();
        browser.awaitText("Approved by ExampleResyncApprover/grace");
        console.release("cut-over");
        browser.awaitText("the new view is live");
        assertThat(console.ended(2).ending()).isEqualTo(Ending.CUT_OVER);
        console.callAs(ServedConsole.ADA);
    }

    @Test
    @Order(5)
    void theReceiptIsShownAndCanBeKept(Browser browser, @TempDir Path downloads) throws IOException {
        browser.open(console.page("runs/" + console.newest().id() + "/receipt"));
        browser.awaitText("CUT_OVER: the new view is live");
        browser.keepDownloads(downloads);
        browser.pressLink("Download JSON");
        Path file = downloads.resolve(console.newest().id() + ".json");
        await().atMost(Browser.BOUND).until(() -> Files.exists(file));
        assertThat(ControlJson.mapper().readTree(file.toFile()))
                .isEqualTo(
                        ControlJson.mapper().readTree(console.newest().receipt().toString()));
    }

    @Test
    @Order(6)
    void quarantineIsFilteredAndHostileValuesAreText(Browser browser) {
        browser.open(console.page("runs/" + console.newest().id() + "/quarantine"));
        browser.awaitText("withheld from all targets");
        int all = browser.rows("table.bundles");
        browser.choose("Reason", "bad-date");
        await().atMost(Browser.BOUND)
                .untilAsserted(() ->
                        assertThat(browser.rows("table.bundles")).isPositive().isLessThan(all));
        assertThat(browser.texts("table.bundles tbody td:nth-child(2)")).containsOnly("bad-date");
        assertThat(browser.text()).contains(HOSTILE);
        browser.choose("Source", "tis");
        await().atMost(Browser.BOUND)
                .untilAsserted(() -> assertThat(browser.texts("table.bundles tbody td:nth-child(3)"))
                        .containsOnly("tis"));
        assertThat(browser.run("return window.hit")).isNull();
    }

    @Test
    @Order(7)
    void aSnapshotIsRestored(Browser browser) {
        browser.open(console.page("snapshots"));
        browser.press("Restore");
        browser.type("Reason", "consumers see too few doctors");
        browser.type("Type the environment", "prod");
        assertThat(browser.inDialog("Restore").isEnabled()).isFalse();
        browser.type("Type the environment", "preprod");
        browser.inDialog("Restore").click();
        browser.awaitText("live equals the snapshot again");
        assertThat(console.ended(3).ending()).isEqualTo(Ending.RESTORED);
    }
}
