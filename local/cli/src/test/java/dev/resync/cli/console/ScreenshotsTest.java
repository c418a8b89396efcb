package dev.resync.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.environment.Colour;
import dev.resync.environment.EnvironmentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;

/** The README shows the page of two environments side by side; {@code -Dresync.docs.write=true} takes the pictures anew. */
@ExtendWith(InBrowser.class)
class ScreenshotsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final String PICTURES = "docs/images/";
    private static final int MOST_BYTES = 150_000;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 620;

    @Test
    void theReadmeShowsProductionBesidePreProduction(Browser browser) throws IOException {
        ObjectNode production = ServedConsole.profile("prod", EnvironmentKind.PRODUCTION, Colour.RED);
        ObjectNode preProduction = ServedConsole.profile("preprod", EnvironmentKind.PRE_PRODUCTION, Colour.ORANGE);
        assertShown("console-production.png", production, browser);
        assertShown("console-pre-production.png", preProduction, browser);
    }

    private static void assertShown(String picture, ObjectNode profile, Browser browser) throws IOException {
        Path file = ROOT.resolve(PICTURES + picture);
        if (Boolean.getBoolean("resync.docs.write")) {
            Files.createDirectories(file.getParent());
            Files.write(file, taken(profile, browser));
        }
        assertThat(file)
                .as("run this test with -Dresync.docs.write=true to take the picture")
                .isRegularFile();
        assertThat(Files.size(file)).isLessThan(MOST_BYTES);
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(PICTURES + picture);
    }

    private static byte[] taken(ObjectNode profile, Browser browser) {
        try (ServedConsole console = new ServedConsole(profile)) {
            console.startDryRun();
            console.ended(1);
            console.startRealRun();
            console.ended(2);
            console.startDryRun();
            console.ended(3);
            console.keepWaiting("map-chunk", 3);
            String run = console.startRealRun();
            browser.size(WIDTH, HEIGHT, false);
            browser.open(console.page("runs/" + run));
            browser.button("STOP");
            browser.find(
                    By.xpath("//tr[contains(@class, 'is-working')][contains(., 'map-chunk')][contains(., '3 of')]"));
            browser.awaitText("Judged by this run and earlier ones.");
            return browser.driver().getScreenshotAs(OutputType.BYTES);
        } finally {
            browser.desktop();
        }
    }
}
