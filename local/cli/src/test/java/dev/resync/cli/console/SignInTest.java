package dev.resync.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resync.admin.SignIn;
import dev.resync.environment.Colour;
import dev.resync.environment.EnvironmentKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;

/** Signing in where the API takes tokens. */
@ExtendWith(InBrowser.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {

    private ServedConsole console;
    private FakeProvider provider;
    private TokenServer server;

    @BeforeAll
    void serve() {
        console = new ServedConsole(ServedConsole.profile("test", EnvironmentKind.TEST, Colour.BLUE));
    }

    @BeforeEach
    void serveWithTokens() throws IOException {
        provider = new FakeProvider();
        server = new TokenServer(
                console.context(), new SignIn(provider.issuer(), "resync-console", "openid profile", List.of()));
    }

    @AfterEach
    void endTokens() {
        server.close();
        provider.close();
    }

    @AfterAll
    void end() {
        console.close();
    }

    @Test
    void signsInByCodeAndChallengeAndComesBackToTheView(Browser browser) {
        browser.open(server.page() + "#/snapshots");
        browser.awaitText("There is no snapshot");
        assertThat(provider.authorizations()).hasSize(1);
        Map<String, String> asked = provider.authorizations().get(0);
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "resync-console")
                .containsEntry("scope", "openid profile")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", server.page());
        assertThat(asked.get("code_challenge")).matches("[A-Za-z0-9_-]{43}");
        assertThat(asked.get("state")).isNotEqualTo(asked.get("nonce")).matches("[A-Za-z0-9_-]{43}");
        assertThat(provider.problems()).isEmpty();
        assertThat(browser.driver().getCurrentUrl())
                .as("the code is in no address any more")
                .isEqualTo(server.page() + "#/snapshots");
        assertThat(browser.run("return localStorage.length")).isEqualTo(0L);

        browser.driver().navigate().refresh();
        browser.awaitText("There is no snapshot");
        assertThat(provider.authorizations())
                .as("reloading signs nobody in again")
                .hasSize(1);
    }

    @Test
    void aTokenForAnotherSignInIsRefused(Browser browser) {
        provider.answerNonce("of somebody else");
        browser.open(server.page());
        browser.awaitText("The token is not the answer to this sign-in. Nobody was signed in.");
    }

    @Test
    void anAnswerThatNobodyAskedForIsRefused(Browser browser) {
        browser.open(server.page() + "?code=of-somebody-else&state=guessed");
        browser.awaitText("This sign-in was not begun in this tab. Nobody was signed in.");
        assertThat(provider.problems()).as("the code went nowhere").isEmpty();
    }

    @Test
    void aTokenThatCountsNoMoreIsReplacedWithoutAQuestion(Browser browser) {
        browser.open(server.page());
        browser.awaitText("There has been no run here");
        browser.run("sessionStorage.setItem('resync.signin.session', JSON.stringify({...JSON.parse("
                + "sessionStorage.getItem('resync.signin.session')), since: 0}))");
        browser.driver().navigate().refresh();
        browser.awaitText("There has been no run here");
        server.refuse("token-1");
        browser.run("document.dispatchEvent(new Event('visibilitychange'))");
        await().atMost(Browser.BOUND)
                .untilAsserted(() -> assertThat(provider.authorizations()).hasSize(2));
        browser.awaitText("There has been no run here");
    }

    @Test
    void aTokenThatIsRefusedAtOnceLeadsRoundInNoCircle(Browser browser) {
        server.refuse("token-1");
        browser.open(server.page());
        browser.awaitText("Your sign-in is over.");
        assertThat(provider.authorizations()).hasSize(1);
        assertThat(browser.find(By.xpath("//button[.='Sign in again']")).isEnabled())
                .isTrue();
    }
}
