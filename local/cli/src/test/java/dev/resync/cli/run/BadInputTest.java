package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake has an error with a stable name, a code of its own, and says what is meant and what to do. */
class BadInputTest {

    private static WorldDatabase world;

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        world = new WorldDatabase();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "unknown field         | \"timeZone\"        | \"tiemZone\": 1, \"timeZone\" | /tiemZone",
                "unknown source        | regions.country     | region.country                | /targets/regionView/fields/1",
                "two rules for a path  | \"path\": \"country\" | \"path\": \"name\"            | /targets/regionView/fields/1",
                "no driving source     | \"drives\": true    | \"drives\": false             | /sources"
            })
    void aPlanThatIsWrong(String what, String good, String bad, String pointer) throws IOException {
        Said said = Cli.type(world.run(plan(good, bad))).failedWith("PlanInvalid", 14);
        assertThat(said.err()).as(what).contains(pointer);
        assertThat(said.json().at("/error/name").asText()).isEqualTo("dev.resync.error.PlanInvalid");
        assertThat(said.json().path("exitCode").asInt()).isEqualTo(14);
    }

    @Test
    void aPlanThatIsNotThere() {
        assertThat(Cli.type(world.run("no-such-plan.json"))
                        .failedWith("PlanUnknown", 15)
                        .err())
                .contains("no-such-plan.json");
        Cli.type(world.arguments("run", List.of())).failedWith("RequestInvalid", 16);
    }

    @Test
    void aTokenThatIsWrong() {
        Cli.type(world.run(WorldDatabase.PLAN, "--confirm", "not-a-token")).failedWith("ConfirmationInvalid", 11);
    }

    @ParameterizedTest
    @CsvSource({"--environment", "--requested-by", "--reason", "--mongo-uri"})
    void anOptionThatIsMissing(String option) {
        List<String> arguments = new java.util.ArrayList<>(List.of(world.run(WorldDatabase.PLAN)));
        int at = arguments.indexOf(option);
        arguments.remove(at + 1);
        arguments.remove(at);
        Said said = Cli.type(arguments.toArray(String[]::new)).failedWith("RequestInvalid", 16);
        String field = option.equals("--requested-by") ? "requestedBy" : option.substring(2);
        assertThat(said.err()).contains(field + " is missing");
    }

    @Test
    void aNumberOutOfRange() {
        assertThat(Cli.type(world.run(WorldDatabase.PLAN, "--chunk-documents", "0"))
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains("chunkDocuments is 0");
        Cli.type(world.run(WorldDatabase.PLAN, "--concurrency", "1001")).failedWith("RequestInvalid", 16);
    }

    @Test
    void aDatabaseThatIsNotThere() {
        Cli.type(
                        "run",
                        "--plan",
                        WorldDatabase.PLAN,
                        "--mongo-uri",
                        "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300",
                        "--environment",
                        "test",
                        "--requested-by",
                        "Ada",
                        "--reason",
                        "a test")
                .failedWith("DatabaseUnavailable", 22);
    }

    @Test
    void aConnectionStringThatIsWrongIsNotShown() {
        Said said = Cli.type("runs", "--mongo-uri", "mongodb://me:se/cret@h").failedWith("RequestInvalid", 16);
        assertThat(said.err()).doesNotContain("cret");
    }

    @Test
    void aTargetThatIsMissing() throws IOException {
        assertThat(Cli.type(world.run(plan("\"allowCreate\": true,", "")))
                        .failedWith("TargetUnsuitable", 18)
                        .err())
                .contains("allowCreate");
    }

    @Test
    void aSourceKeyWithoutAnIndex() throws IOException {
        assertThat(Cli.type(world.run(plan("\"allowScan\": true", "\"allowScan\": false")))
                        .failedWith("SourceUnsuitable", 17)
                        .err())
                .contains("world.cities.regionCode", "allowScan");
    }

    @Test
    void aRunOrSnapshotThatIsNotThere() {
        Cli.type("receipt", "no-run", "--mongo-uri", world.uri()).failedWith("RunUnknown", 21);
        Cli.type(world.arguments("stop", List.of("no-run"))).failedWith("RunUnknown", 21);
        Cli.type(world.arguments(
                        "restore", List.of("--snapshot", "none", "--requested-by", "Ada", "--reason", "a test")))
                .failedWith("SnapshotUnknown", 20);
        Cli.type(world.arguments("restore", List.of("--requested-by", "Ada", "--reason", "a test")))
                .failedWith("RequestInvalid", 16);
    }

    @Test
    void aRunOfAnotherEnvironment() {
        String runId =
                Cli.type(world.run(WorldDatabase.PLAN)).json().path("runId").asText();
        assertThat(Cli.type("stop", runId, "--mongo-uri", world.uri(), "--environment", "prod")
                        .failedWith("DatabaseForeign", 42)
                        .err())
                .contains("belongs to environment test", "the profile says prod");
    }

    @Test
    void anOptionThatDoesNotExist() {
        assertThat(Cli.type("run", "--colur", "red").exitCode()).isEqualTo(2);
        assertThat(Cli.type("run", "--json", "--colur", "red")
                        .json()
                        .path("exitCode")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aReasonOfTwoLines() {
        String[] arguments = world.run(WorldDatabase.PLAN);
        arguments[List.of(arguments).indexOf("--reason") + 1] = "one\ntwo";
        Cli.type(arguments).failedWith("RequestInvalid", 16);
    }

    /** Returns a copy of the plan with one thing wrong. */
    private String plan(String good, String bad) throws IOException {
        String text = Files.readString(Path.of(WorldDatabase.PLAN));
        assertThat(text).contains(good);
        Path file = folder.resolve("world.json");
        Files.writeString(file, text.replace(good, bad));
        return file.toString();
    }
}
