package dev.resync.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanValidateTest {

    private static final Path PLANS = Path.of("..", "..", "plans");
    private static final String WORLD =
            PLANS.resolve("examples").resolve("world.json").toString();

    @TempDir
    private Path folder;

    private String broken() throws IOException {
        Path file = folder.resolve("broken.json");
        Files.writeString(
                file,
                Files.readString(Path.of(WORLD))
                        .replace("\"drives\": true", "\"drives\": \"yes\"")
                        .replace("\"type\": \"double\"", "\"type\": \"float\"")
                        .replace("\"regions.country\"", "\"region.country\"")
                        .replace("\"timeZone\": \"UTC\"", "\"timeZone\": \"Mars\""));
        return file.toString();
    }

    @Test
    void aValidPlanShowsNameHashSourcesAndTargets() {
        Said said = Cli.type("plan", "validate", WORLD);
        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .startsWith("Plan world is valid, hash ")
                .contains("source  regions", "world.regions", "drives", "source  cities", "world.cities")
                .containsPattern("target  regionView +world.regionView +7 fields");
        JsonNode json = Cli.type("plan", "validate", WORLD, "--json").json();
        assertThat(json.path("valid").asBoolean()).isTrue();
        assertThat(json.path("plan").asText()).isEqualTo("world");
        assertThat(json.path("hash").asText()).matches("[0-9a-f]{64}");
        assertThat(said.out()).contains(json.path("hash").asText());
        assertThat(json.at("/sources/cities").asText()).isEqualTo("world.cities");
        assertThat(json.at("/targets/regionView").asText()).isEqualTo("world.regionView");
    }

    @Test
    void everyProblemIsNamedAtOnceWithPointerValueAndWhatWasExpected() throws IOException {
        Said said = Cli.type("plan", "validate", broken()).failedWith("PlanInvalid", 14);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .contains("/timeZone: is \"Mars\"", "Europe/London")
                .contains("/sources/regions/drives: is \"yes\"; expected a boolean")
                .contains("/targets/regionView/fields/1/from/0: names the source \"region\"", "did you mean regions?")
                .contains("/targets/regionView/fields/2/fields/1/type: is \"float\"; expected one of any, string");
    }

    @Test
    void asJsonTheProblemsAreAListWithTheirValues() throws IOException {
        Said said = Cli.type("plan", "validate", "--json", broken()).failedWith("PlanInvalid", 14);
        JsonNode json = said.json();
        assertThat(json.path("valid").asBoolean(true)).isFalse();
        assertThat(json.path("exitCode").asInt()).isEqualTo(14);
        assertThat(json.at("/error/name").asText()).isEqualTo("dev.resync.error.PlanInvalid");
        assertThat(json.path("problems").findValuesAsText("pointer"))
                .contains("/timeZone", "/sources/regions/drives", "/targets/regionView/fields/2/fields/1/type");
        JsonNode zone = json.path("problems").get(0);
        assertThat(zone.path("pointer").asText()).isEqualTo("/timeZone");
        assertThat(zone.path("value").asText()).isEqualTo("Mars");
        assertThat(zone.path("message").asText()).contains("no time zone");
    }

    @Test
    void textThatIsNoJsonIsOneProblem() throws IOException {
        Path file = folder.resolve("cut.json");
        Files.writeString(file, "{\"plan\": \"world\",");
        Said said = Cli.type("plan", "validate", "--json", file.toString()).failedWith("PlanInvalid", 14);
        assertThat(said.json().path("problems")).hasSize(1);
        assertThat(said.json().at("/problems/0/message").asText()).contains("is not JSON", "line 1");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(Cli.type("plan", "validate", "no-such-plan.json")
                        .failedWith("PlanUnknown", 15)
                        .err())
                .contains("no-such-plan.json");
        assertThat(Cli.type("plan", "validate").exitCode()).isEqualTo(2);
        assertThat(Cli.type("plan").exitCode()).isEqualTo(2);
    }
}
