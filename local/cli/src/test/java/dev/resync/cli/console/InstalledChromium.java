package dev.resync.cli.console;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chromium, or Chrome, and its driver, as the system has them. Nothing is fetched.
 *
 * @param browser the browser's program
 * @param driver the driver's program
 */
record InstalledChromium(Path browser, Path driver) {

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    /** Returns them; empty where one is missing. */
    static Optional<InstalledChromium> find() {
        // Hosted runners name the folder of the driver that fits their browser.
        String named = System.getenv("CHROMEWEBDRIVER");
        Optional<Path> driver = Stream.concat(Stream.ofNullable(named).map(Path::of), searchPath())
                .map(folder -> folder.resolve("chromedriver"))
                .filter(Files::isExecutable)
                .findFirst();
        Optional<Path> browser = BROWSERS.stream()
                .flatMap(name -> searchPath().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
        return browser.flatMap(program -> driver.map(with -> new InstalledChromium(program, with)));
    }

    private static Stream<Path> searchPath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
    }
}
