package dev.resync.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resync.cli.remote.Endpoint;
import dev.resync.cli.remote.PassedOn;
import dev.resync.cli.remote.RequestSigner;
import dev.resync.environment.Colour;
import dev.resync.environment.EnvironmentKind;
import dev.resync.run.RunState;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;

/** A real browser takes the address that {@code resync console} prints, and the page works under it. */
@ExtendWith(InBrowser.class)
class PageThroughProxyTest {

    private static final String STAGE = "map-chunk";

    private ServedConsole console;
    private ConsoleProxy proxy;
    private String run;

    @BeforeEach
    void serve() {
        console = new ServedConsole(ServedConsole.profile("prod", EnvironmentKind.PRODUCTION, Colour.RED));
        console.keepWaiting(STAGE);
        run = console.startDryRun();
        Endpoint endpoint = Endpoint.of("--endpoint", console.page().replaceFirst("/console/$", ""));
        proxy = new ConsoleProxy(0, new PassedOn(endpoint, RequestSigner.NONE), new SecureRandom());
    }

    @AfterEach
    void end() {
        proxy.close();
        console.close();
    }

    @Test
    void theAddressOpensThePageWhichSeesAndStopsARun(Browser browser) {
        String origin = "http://127.0.0.1:" + proxy.address().getPort();
        browser.driver().get(proxy.address().toString());
        await().atMost(Browser.BOUND)
                .until(() -> browser.driver().getCurrentUrl().startsWith(origin + "/console/"));
        assertThat(browser.driver().getCurrentUrl())
                .as("the key has left the address bar")
                .doesNotContain("key=");
        browser.open(origin + "/console/#/runs/" + run);
        browser.press("STOP");
        browser.type("Reason", "it was meant for preprod");
        browser.type("Type the environment", "prod");
        browser.inDialog("STOP").click();
        await().atMost(Browser.BOUND)
                .untilAsserted(() -> assertThat(console.newest().state()).isNotEqualTo(RunState.OPEN));
        console.release(STAGE);
        browser.awaitText("live is what it was");
        assertThat(browser.driver().findElements(By.cssSelector("button.stop"))).isEmpty();
        browser.driver().navigate().refresh();
        browser.awaitText("live is what it was");
        assertThat(browser.driver().manage().getCookies())
                .as("what other ports would see")
                .isEmpty();
    }
}
