package dev.resync.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A case says what live holds, so that fields which others own can be held to it. */
class PlanTestLiveTest {

    private static final Path WORLD = Path.of("..", "..", "plans", "examples", "world.json");
    private static final String COUNT = "{\"path\": \"cityCount\", \"countOf\": \"cities\", \"type\": \"int\"}";

    @TempDir
    private Path folder;

    private Path plan;
    private Path planCase;

    /** One case that passes: a region with a star, one that live knows without, and one that live does not know. */
    @BeforeEach
    void write() throws IOException {
        plan = folder.resolve("world.json");
        String text = Files.readString(WORLD);
        assertThat(text).contains(COUNT);
        Files.writeString(plan, text.replace(COUNT, COUNT + ", {\"path\": \"flags.starred\", \"preserve\": true}"));
        planCase = folder.resolve("cases").resolve("stars");
        put("sources/regions.json", """
                {"_id": "R.1", "name": "One", "country": "R"}
                {"_id": "R.2", "name": "Two", "country": "R"}
                {"_id": "R.3", "name": "Three", "country": "R"}
                """);
        put(
                "live/regionView.json",
                "[{\"_id\": \"R.1\", \"flags\": {\"starred\": true, \"seen\": 7}}, {\"_id\": \"R.2\"}, {\"_id\": \"R.9\"}]");
        put("expect/regionView.json", """
                {"_id": "R.1", "name": "One", "country": "R", "cities": [], "cityCount": 0, "flags": {"starred": true}}
                {"_id": "R.2", "name": "Two", "country": "R", "cities": [], "cityCount": 0, "flags": {"starred": null}}
                {"_id": "R.3", "name": "Three", "country": "R", "cities": [], "cityCount": 0, "flags": {"starred": null}}
                """);
    }

    private void put(String name, String text) throws IOException {
        Path file = planCase.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Said test() {
        return Cli.type(
                "plan", "test", plan.toString(), "--cases", planCase.getParent().toString(), "--json");
    }

    private List<String> problems() {
        return test().failedWith("PlanCasesFailed", 44)
                .json()
                .at("/cases/0/problems")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void whatLiveHoldsOfAPreservedFieldIsKept() {
        assertThat(test().exitCode()).isZero();
    }

    @Test
    void aCaseWithoutLiveHasNothingToKeep() throws IOException {
        Files.delete(planCase.resolve("live/regionView.json"));
        assertThat(problems()).containsExactly("regionView \"R.1\" flags.starred: expected true, found null");
    }

    @Test
    void anArrayOnTheWayToAPreservedFieldSendsItsBundleToQuarantine() throws IOException {
        put("live/regionView.json", "[{\"_id\": \"R.1\", \"flags\": [{\"starred\": true}]}]");
        assertThat(problems())
                .contains("regionView \"R.1\": expected a document, found none")
                .anyMatch(problem -> problem.startsWith("quarantine \"R.1\": expected no bundle, found array-on-path")
                        && problem.endsWith("for regionView.flags.starred"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"_id\": \"R.1\"}                        | does not hold one JSON array; write [ and ] around its documents",
                "[] []                                     | does not hold one JSON array",
                "[{\"_id\": \"R.1\"}, 7]                   | holds 7 where a document should stand",
                "[{\"_id\": \"R.1\", \"_id\": \"R.2\"}]    | Duplicate",
                "[{\"flags\": 1}]                          | holds {\"flags\": 1} without _id; add the key",
                "[{\"_id\": \"R.1\"}, {\"_id\": \"R.1\"}]  | holds two documents of the _id \"R.1\", and live cannot; keep one",
                "[{\"_id\": 1}, {\"_id\": {\"$numberLong\": \"1\"}}] | holds two documents of the _id"
            })
    void aFileOfLiveThatIsWrongIsNamedWithWhatIsExpected(String text, String problem) throws IOException {
        put("live/regionView.json", text);
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("live/regionView.json ")
                .contains(problem);
    }

    @Test
    void liveOfATargetThatThePlanHasNotIsRefused() throws IOException {
        put("live/regionsView.json", "[]");
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("files that belong to no case: live/regionsView.json;", "live/regionView.json");
    }

    @Test
    void liveOfATargetThatPreservesNothingIsRefused() throws IOException {
        Files.copy(WORLD, plan, StandardCopyOption.REPLACE_EXISTING);
        assertThat(problems())
                .containsExactly(
                        "live/regionView.json would have no effect: no rule of regionView has \"preserve\": true;"
                                + " remove the file, or add such a rule to the plan");
    }
}
