package dev.resync.cli.banner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentKind;
import dev.resync.environment.EnvironmentReader;
import dev.resync.error.ConfirmationInvalid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands before everything that a command does cannot be overlooked, and is what the README shows. */
class BannerTest {

    private static final Path ROOT = Path.of("..", "..");

    private static Environment example(String name) throws IOException {
        return new EnvironmentReader()
                .read(Files.readString(ROOT.resolve("environments").resolve(name + ".json")));
    }

    private static String asked(Environment environment, String answer) {
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        Banner.of(environment).forEach(printer::println);
        TypedConfirmation.require(
                environment,
                "rebuild the targets of plan plans/revalidation.json",
                new BufferedReader(new StringReader(answer + "\n")),
                printer);
        printer.println(answer);
        printer.flush();
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource({"production, prod", "pre-production, preprod", "local, local"})
    void isWhatTheReadmeShows(String profile, String name) throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains(
                        "```console\n" + asked(example(profile), name).replace(System.lineSeparator(), "\n") + "```\n");
    }

    @Test
    void colourIsNeverTheOnlySign() throws IOException {
        List<String> signs = Arrays.stream(EnvironmentKind.values())
                .map(kind -> profile(kind, Colour.RED))
                .map(environment -> String.join("\n", Banner.of(environment)))
                .map(banner -> banner.replaceAll("[A-Za-z ]", ""))
                .distinct()
                .toList();
        assertThat(signs).as("patterns without words and colours").hasSameSizeAs(EnvironmentKind.values());
        assertThat(Banner.of(example("production"))).anyMatch(line -> line.contains("PRODUCTION"));
    }

    @ParameterizedTest
    @EnumSource(Colour.class)
    void everyColourHasOneOfItsOwn(Colour colour) {
        Environment environment = profile(EnvironmentKind.TEST, colour);
        List<String> coloured = Banner.coloured(environment);
        assertThat(coloured).allMatch(line -> line.startsWith("\u001b[1;") && line.endsWith("\u001b[0m"));
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .isEqualTo(Banner.of(environment));
        assertThat(Arrays.stream(Colour.values())
                        .filter(other -> other != colour)
                        .map(other -> Banner.coloured(profile(EnvironmentKind.TEST, other))
                                .get(0))
                        .collect(Collectors.toSet()))
                .doesNotContain(coloured.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "y", "yes", "PROD", "preprod", "prod prod"})
    void anythingElseStops(String typed) throws IOException {
        Environment production = example("production");
        assertThatThrownBy(() -> asked(production, typed))
                .isInstanceOf(ConfirmationInvalid.class)
                .hasMessageContaining("is not prod")
                .hasMessageContaining("Nothing was read or changed");
    }

    @Test
    void theEndOfInputStops() throws IOException {
        Environment production = example("production");
        assertThatThrownBy(() -> TypedConfirmation.require(
                        production,
                        "stop x",
                        new BufferedReader(new StringReader("")),
                        new PrintWriter(new StringWriter())))
                .isInstanceOf(ConfirmationInvalid.class);
    }

    private static Environment profile(EnvironmentKind kind, Colour colour) {
        return new EnvironmentReader().read("""
                        {"name": "x", "colour": "%s", "kind": "%s", "approval": "none", "maxConcurrency": 1,
                          "starts": {"console": {"who": ["*"]}}}
                        """.formatted(colour.label(), kind.label()));
    }
}
