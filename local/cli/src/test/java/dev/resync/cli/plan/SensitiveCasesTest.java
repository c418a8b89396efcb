package dev.resync.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan hides stands in none of the problems of its cases; without the plan's word it does, so that each case is one. */
class SensitiveCasesTest {

    private static final String WORD = "zq9word";
    private static final Path WORLD = Path.of("..", "..", "plans", "examples", "world.json");
    private static final String LAT = "\"path\": \"lat\",";
    private static final String KEY = "\"key\": {\"type\": \"string\"}";
    private static final String REGIONS = "[{\"_id\": \"R.1\", \"name\": \"Region\", \"country\": \"R\"}]";
    private static final String VIEW = "[{\"_id\": \"R.1\", \"name\": \"Region\", \"country\": \"R\","
            + " \"cities\": [{\"name\": \"City\", \"lat\": null, \"lng\": 2.5}], \"cityCount\": 1}]";
    private static final String CITY = "{\"_id\": 1, \"name\": \"City\", \"lng\": \"2.5\", \"regionCode\": \"R.1\"}";

    @TempDir
    private Path folder;

    private Path plan;
    private Path planCase;

    @BeforeEach
    void write() throws IOException {
        plan = folder.resolve("world.json");
        planCase = folder.resolve("cases").resolve("region");
        put("sources/regions.json", REGIONS);
        put("sources/cities.json", CITY);
        put("expect/regionView.json", VIEW);
    }

    private void put(String name, String text) throws IOException {
        Path file = planCase.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Writes the plan with a piece replaced. */
    private void deploy(String piece, String by) throws IOException {
        String text = Files.readString(WORLD);
        assertThat(text).contains(piece);
        Files.writeString(plan, text.replace(piece, by));
    }

    private String problems() {
        Said said = Cli.type(
                        "plan",
                        "test",
                        plan.toString(),
                        "--cases",
                        folder.resolve("cases").toString(),
                        "--json")
                .failedWith("PlanCasesFailed", 44);
        List<String> problems = said.json()
                .at("/cases/0/problems")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        return String.join("\n", problems);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "expect/regionView.json | \"lat\": null | \"lat\": \"zq9word\"                        | cities[0].lat: expected (sensitive), found null",
                "expect/regionView.json | \"lat\": null | \"lat\": {\"zq9word\": 1}                   | cities[0].lat: expected (sensitive)",
                "expect/regionView.json | \"lat\": null | \"lat\": null, \"latitude\": \"zq9word\"    | cities[0].latitude: expected (sensitive), found no such field",
                "expect/regionView.json | \"cities\": [{ | \"cities\": [\"zq9word\", {                | cities: expected 2 elements, found 1: (sensitive)",
                "expect/regionView.json | \"cities\": [ | \"cities\": \"zq9word\", \"towns\": [       | cities: expected (sensitive), found (sensitive)",
                "expect/regionView.json | \"cityCount\": 1 | \"cityCount\": 2                         | cityCount: expected 2, found 1",
                "expect/regionView.json | [             | [7, {\"lat\": \"zq9word\"}, \"zq9word\",    | holds (sensitive) where a document should stand",
                "expect/regionView.json | \"lat\": null | \"lat\": {\"$oid\": \"zq9word\"}            | holds (sensitive), which is no document",
                "expect/regionView.json | \"lat\": null | \"lat\": zq9word                            | is not JSON",
                "expect/regionView.json | \"cities\"    | \"_id\": \"zq9word\", \"cities\"            | is not JSON",
                "sources/cities.json    | \"City\",     | \"City\", \"lat\": \"zq9word\",             | quarantine \"R.1\": expected no bundle, found bad-number in cities.lat of \"(sensitive)\""
            })
    void noProblemShowsASensitiveValue(String file, String piece, String by, String problem) throws IOException {
        String text = Files.readString(planCase.resolve(file));
        assertThat(text).contains(piece);
        put(file, text.replace(piece, by));
        deploy(LAT, LAT + " \"sensitive\": true,");
        assertThat(problems()).contains(problem).doesNotContain(WORD);
        deploy(LAT, LAT);
        assertThat(problems()).doesNotContain("(sensitive)");
    }

    @Test
    void whatACaseExpectsOfQuarantineIsNotShownEither() throws IOException {
        put("sources/cities.json", CITY.replace("\"City\",", "\"City\", \"lat\": \"bad\","));
        put("expect/regionView.json", "[]");
        String bundle = "[{\"key\": \"R.1\", \"problems\": [{\"reason\": \"bad-number\", \"source\": \"cities\","
                + " \"field\": \"lat\", \"value\": \"%s\", \"target\": \"regionView.cities[].lat\"}]}]";
        put("expect/quarantine.json", bundle.formatted(WORD));
        deploy(LAT, LAT + " \"sensitive\": true,");
        assertThat(problems())
                .contains("expected bad-number in cities.lat of \"(sensitive)\"")
                .doesNotContain(WORD);
        put("expect/quarantine.json", bundle.formatted("(sensitive)"));
        assertThat(Cli.type(
                                "plan",
                                "test",
                                plan.toString(),
                                "--cases",
                                folder.resolve("cases").toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void aDocumentThatNobodyExpectsIsNotShown() throws IOException {
        put("expect/regionView.json", "[]");
        put("sources/cities.json", CITY.replace("\"City\",", "\"City\", \"lat\": \"7.25\","));
        deploy(LAT, LAT);
        assertThat(problems()).contains("7.25");
        deploy(LAT, LAT + " \"sensitive\": true,");
        assertThat(problems())
                .isEqualTo("regionView \"R.1\": expected no document, found (sensitive)")
                .doesNotContain("7.25");
        Files.delete(planCase.resolve("expect/regionView.json"));
        put("expect/accounts.json", "{}");
        assertThat(problems()).contains("such as (sensitive)").doesNotContain("7.25");
    }

    @Test
    void whereKeysAreHiddenDocumentsAreCounted() throws IOException {
        put("sources/regions.json", REGIONS.replace("R.1", WORD));
        put("sources/cities.json", CITY.replace("R.1", WORD));
        put("expect/regionView.json", VIEW.replace("R.1", WORD).replace("Region", "Elsewhere"));
        deploy(KEY, KEY);
        assertThat(problems()).startsWith("regionView \"" + WORD + "\" name: expected");
        deploy(KEY, "\"key\": {\"type\": \"string\", \"sensitive\": true}");
        assertThat(problems())
                .isEqualTo("regionView document 1 name: expected \"Elsewhere\", found \"Region\"")
                .doesNotContain(WORD);
        put("sources/cities.json", CITY.replace("R.1", WORD).replace("2.5", "bad"));
        put("expect/quarantine.json", "[{\"key\": \"zq9words\", \"problems\": [{\"reason\": \"bad-number\"}]}]");
        assertThat(problems())
                .contains("regionView document 1: expected a document, found none", "quarantine bundle 1: expected the")
                .contains("quarantine (sensitive): expected no bundle, found bad-number")
                .doesNotContain(WORD);
    }
}
