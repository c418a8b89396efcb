package dev.resync.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A case passes only where it expects something and exactly that happens. */
class PlanTestCommandTest {

    private static final String WORLD =
            Path.of("..", "..", "plans", "examples", "world.json").toString();

    @TempDir
    private Path cases;

    private Path folder;

    /** One case that passes: a region, its city, a city of no region and one without a region. */
    @BeforeEach
    void write() throws IOException {
        folder = cases.resolve("region");
        put("sources/regions.json", "[{\"_id\": \"R.1\", \"name\": \"Region\", \"country\": \"R\"}]");
        put("sources/cities.json", """
                {"_id": 1, "name": "City", "lat": "1.5", "lng": "2.5", "regionCode": "R.1"}
                {"_id": 2, "name": "Nowhere", "lat": "1.5", "lng": "2.5", "regionCode": "X.1"}
                {"_id": 3, "name": "Keyless", "lat": "1.5", "lng": "2.5"}
                """);
        put(
                "expect/regionView.json",
                "[{\"_id\": \"R.1\", \"name\": \"Region\", \"country\": \"R\","
                        + " \"cities\": [{\"name\": \"City\", \"lat\": 1.5, \"lng\": 2.5}], \"cityCount\": 1}]");
        put("expect/accounts.json", "{\"cities\": {\"read\": 3, \"withoutKey\": 1, \"unmatched\": 1, \"used\": 1}}");
    }

    private void put(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void change(String name, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(name));
        assertThat(text).contains(from);
        put(name, text.replace(from, to));
    }

    private Said test() {
        return Cli.type("plan", "test", WORLD, "--cases", cases.toString());
    }

    private List<String> problems() {
        Said said = Cli.type("plan", "test", WORLD, "--cases", cases.toString(), "--json")
                .failedWith("PlanCasesFailed", 44);
        assertThat(said.json().path("passed").asInt()).isZero();
        assertThat(said.json().path("failed").asInt()).isEqualTo(1);
        JsonNode result = said.json().path("cases").get(0);
        assertThat(result.path("name").asText()).isEqualTo("region");
        assertThat(result.path("passed").asBoolean(true)).isFalse();
        List<String> problems = new ArrayList<>();
        result.path("problems").forEach(problem -> problems.add(problem.asText()));
        return problems;
    }

    @Test
    void aCaseThatComesTruePasses() {
        Said said = test();
        assertThat(said.out()).isEqualToNormalizingNewlines("passed  region\n1 passed, 0 failed\n");
        assertThat(said.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"lat\": 1.5      | \"lat\": 1.25              | cities[0].lat: expected 1.25, found 1.5",
                "\"lat\": 1.5      | \"lat\": \"1.5\"           | cities[0].lat: expected \"1.5\", found 1.5",
                "\"cityCount\": 1  | \"cityCount\": {\"$numberLong\": \"1\"} | cityCount: expected {\"$numberLong\": \"1\"}, found 1",
                "\"cityCount\": 1  | \"cityCount\": 1, \"more\": null | more: expected null, found no such field",
                ", \"cityCount\": 1 | ``                        | cityCount: expected no such field, found 1",
                "\"country\": \"R\", | ``                       | country: expected no such field, found \"R\"",
                "\"lat\": 1.5, \"lng\": 2.5 | \"lng\": 2.5, \"lat\": 1.5 | cities[0].lng: expected before lat, found after it"
            })
    void eachDifferenceNamesKeyFieldExpectedAndFound(String from, String to, String problem) throws IOException {
        change("expect/regionView.json", from, to == null ? "" : to);
        assertThat(problems()).containsExactly("regionView \"R.1\" " + problem);
    }

    @Test
    void elementsThatAreMissingAreCounted() throws IOException {
        change("expect/regionView.json", "[{\"name\": \"City\", \"lat\": 1.5, \"lng\": 2.5}]", "[]");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("regionView \"R.1\" cities: expected 0 elements, found 1");
    }

    @Test
    void documentsThatAreMissingOrTooManyAreNamed() throws IOException {
        change("expect/regionView.json", "\"_id\": \"R.1\"", "\"_id\": \"R.2\"");
        assertThat(problems())
                .hasSize(2)
                .contains("regionView \"R.2\": expected a document, found none")
                .anyMatch(problem ->
                        problem.startsWith("regionView \"R.1\": expected no document, found {\"_id\": \"R.1\""));
    }

    @Test
    void whatACaseSaysNothingOfMustNotHappen() throws IOException {
        Files.delete(folder.resolve("expect/regionView.json"));
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("regionView: found 1 documents", "add expect/regionView.json");
    }

    @Test
    void documentsThatGoNowhereNeedAnAccount() throws IOException {
        Files.delete(folder.resolve("expect/accounts.json"));
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "account of cities, withoutKey: expected 0, found 1; the case has no account of it in expect/accounts.json",
                        "account of cities, unmatched: expected 0, found 1; the case has no account of it in expect/accounts.json",
                        "account of cities, used: expected 3, found 1; the case has no account of it in expect/accounts.json");
    }

    @Test
    void anAccountIsHeldToEachOfItsCounts() throws IOException {
        change("expect/accounts.json", "\"withoutKey\": 1", "\"excluded\": {\"none\": 1}");
        assertThat(problems())
                .containsExactly(
                        "account of cities, excluded by none: expected 1, found 0",
                        "account of cities, withoutKey: expected 0, found 1");
    }

    @Test
    void quarantineIsHeldToEveryProblem() throws IOException {
        change(
                "sources/cities.json",
                "\"lat\": \"1.5\", \"lng\": \"2.5\", \"regionCode\": \"R.1\"",
                "\"lat\": \"x\", \"lng\": \"y\", \"regionCode\": \"R.1\"");
        put("expect/regionView.json", "[]");
        put(
                "expect/accounts.json",
                "{\"cities\": {\"read\": 3, \"withoutKey\": 1, \"unmatched\": 1, \"quarantined\": 1}}");
        assertThat(problems())
                .containsExactly(
                        "quarantine \"R.1\": expected no bundle, found bad-number in cities.lat of \"x\" for regionView.cities[].lat",
                        "quarantine \"R.1\": expected no bundle, found bad-number in cities.lng of \"y\" for regionView.cities[].lng");

        String lat =
                "{\"reason\": \"bad-number\", \"source\": \"cities\", \"field\": \"lat\", \"target\": \"regionView.cities[].lat\"}";
        put("expect/quarantine.json", "[{\"key\": \"R.1\", \"problems\": [" + lat + "]}]");
        assertThat(problems())
                .containsExactly(
                        "quarantine \"R.1\": expected no further problem, found bad-number in cities.lng of \"y\" for regionView.cities[].lng");

        String lng = lat.replace("lat", "lng").replace("}", ", \"value\": \"%s\"}");
        put("expect/quarantine.json", "[{\"key\": \"R.1\", \"problems\": [" + lng.formatted("z") + "," + lat + "]}]");
        assertThat(problems())
                .contains(
                        "quarantine \"R.1\": expected bad-number in cities.lng of \"z\" for regionView.cities[].lng, found no such problem");

        put("expect/quarantine.json", "[{\"key\": \"R.1\", \"problems\": [" + lng.formatted("y") + "," + lat + "]}]");
        assertThat(test().exitCode()).isZero();

        put("expect/quarantine.json", "[{\"key\": \"R.2\", \"problems\": [" + lat + "]}]");
        assertThat(problems()).contains("quarantine \"R.2\": expected the bundle, found none");
    }

    @Test
    void unmappedFieldsAreComparedWhereACaseAsks() throws IOException {
        change("sources/regions.json", "\"country\": \"R\"", "\"country\": \"R\", \"area\": 7");
        assertThat(test().exitCode()).isZero();
        put("expect/unmapped.json", "{}");
        assertThat(problems()).containsExactly("unmapped fields of regions: expected [], found [area]");
        put("expect/unmapped.json", "{\"regions\": [\"area\"]}");
        assertThat(test().exitCode()).isZero();
    }

    @Test
    void aCaseMayNotHaveWhatIsNeverRead() throws IOException {
        put("expect/regionsView.json", "[]");
        put("notes.txt", "");
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("expect/regionsView.json, notes.txt", "expect/regionView.json", "sources/cities.json");
    }

    @Test
    void aCaseThatExpectsNothingFails() throws IOException {
        Files.delete(folder.resolve("expect/regionView.json"));
        Files.delete(folder.resolve("expect/accounts.json"));
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("expects nothing", "expect/<target>.json", "regionView");
    }

    @Test
    void aCaseWithoutDocumentsFails() throws IOException {
        Files.delete(folder.resolve("sources/regions.json"));
        Files.delete(folder.resolve("sources/cities.json"));
        assertThat(problems()).singleElement().asString().contains("has no documents", "regions, cities");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sources/regions.json   | [{\"_id\": 1                                   | is not JSON",
                "sources/regions.json   | [{\"_id\": \"R.1\", \"_id\": \"R.2\"}]         | Duplicate",
                "sources/regions.json   | [7]                                            | holds 7 where a document should stand",
                "sources/regions.json   | [] 7                                           | holds 7 where a document should stand",
                "sources/regions.json   | [{\"_id\": {\"$oid\": \"zz\"}}]                | is no document",
                "expect/accounts.json   | {\"citis\": {}}                                | has citis as a source; expected one of cities, regions",
                "expect/accounts.json   | {\"cities\": {\"reed\": 1}}                    | has reed in an account",
                "expect/accounts.json   | []                                             | does not hold one JSON object",
                "expect/accounts.json   | [{}]                                           | does not hold one JSON object",
                "expect/quarantine.json | [{\"key\": \"R.1\"}]                           | has a bundle without key or problems",
                "expect/quarantine.json | [{\"key\": 1, \"problems\": [{\"field\": \"x\"}]}] | has a problem without reason",
                "expect/accounts.json   | {\"cities\": 5}                                 | has 5 as the account of cities; expected an object such as {\"read\": 1, \"used\": 1}",
                "expect/accounts.json   | {\"cities\": {\"read\": \"two\"}}               | has \"two\" as read of cities; expected a whole number from 0",
                "expect/accounts.json   | {\"cities\": {\"read\": 1.5}}                   | has 1.5 as read of cities; expected a whole number",
                "expect/accounts.json   | {\"cities\": {\"read\": -1}}                    | has -1 as read of cities; expected a whole number",
                "expect/accounts.json   | {\"cities\": {\"read\": null}}                  | has null as read of cities; expected a whole number",
                "expect/accounts.json   | {\"cities\": {\"read\": 1e30}}                  | as read of cities; expected a whole number",
                "expect/accounts.json   | {\"cities\": {\"excluded\": 2}}                 | has 2 as excluded of cities; expected an object such as {\"rule\": 1}",
                "expect/accounts.json   | {\"cities\": {\"excluded\": {\"r\": \"x\"}}}      | has \"x\" as excluded.r of cities; expected a whole number",
                "expect/unmapped.json   | {\"cities\": \"area\"}                          | has \"area\" as the fields of cities; expected a list of text",
                "expect/unmapped.json   | {\"cities\": [7]}                               | has [7] as the fields of cities; expected a list of text",
                "expect/quarantine.json | [{\"key\": {\"$oid\": \"zz\"}, \"problems\": [{\"reason\": \"x\"}]}] | holds {\"$oid\":\"zz\"}, which is no value",
                "expect/quarantine.json | [{\"key\": 1, \"problems\": {\"reason\": \"x\"}}] | has a bundle without key or problems",
                "expect/quarantine.json | [{\"key\": 1, \"problems\": [5]}]               | has 5 where a problem should stand; expected an object",
                "expect/quarantine.json | [{\"key\": 1, \"problems\": [{\"reason\": 5}]}] | has 5 as reason of a problem; expected text",
                "expect/quarantine.json | [{\"key\": 1, \"problems\": [{\"reason\": \"x\", \"value\": {\"a\": 1}}]}] | as value of a problem; expected text",
                "case.json              | {\"title\": 7}                                 | has 7 as title; expected text",
                "case.json              | {\"titel\": \"x\"}                             | has the unknown field titel; expected title, runStart",
                "case.json              | {\"runStart\": \"today\"}                      | expected a moment in UTC"
            })
    void aFileThatIsWrongIsNamedWithWhatIsExpected(String file, String text, String problem) throws IOException {
        put(file, text);
        assertThat(problems()).singleElement().asString().startsWith(file + " ").contains(problem);
    }

    @Test
    void aCaseThatCannotBeReadKeepsNoOtherFromBeingTried() throws IOException {
        Path wrong = Files.createDirectories(cases.resolve("a wrong one/expect"));
        Files.createDirectories(wrong.resolveSibling("sources"));
        Files.writeString(wrong.resolveSibling("sources").resolve("regions.json"), "{\"_id\": \"R.1\"}");
        Files.writeString(
                wrong.resolve("quarantine.json"),
                "{\"key\": {\"$oid\": \"zz\"}, \"problems\": [{\"reason\": \"required-missing\"}]}");
        Said said = test().failedWith("PlanCasesFailed", 44);
        assertThat(said.out()).contains("FAILED  a wrong one", "passed  region", "1 passed, 1 failed");
    }

    /** File managers and editors leave such everywhere. */
    @Test
    void hiddenFilesAndFoldersAreSkipped() throws IOException {
        Files.writeString(cases.resolve(".DS_Store"), "\u0000");
        Files.createDirectories(cases.resolve(".git/info"));
        put(".DS_Store", "\u0000");
        put("sources/.cities.json.swp", "{");
        put(".idea/expect/workspace.xml", "<x/>");
        assertThat(test().out()).isEqualToNormalizingNewlines("passed  region\n1 passed, 0 failed\n");
    }

    @Test
    void aFolderOfHiddenFilesAloneHoldsNoCases(@TempDir Path empty) throws IOException {
        Files.writeString(empty.resolve(".DS_Store"), "");
        assertThat(Cli.type("plan", "test", WORLD, "--cases", empty.toString())
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains("holds no cases");
    }

    @Test
    void theStartOfTheRunIsTheCasesOwn() throws IOException {
        Path plan = cases.resolveSibling(cases.getFileName() + ".json");
        Files.writeString(
                plan,
                Files.readString(Path.of(WORLD))
                        .replace(
                                "{\"path\": \"cityCount\", \"countOf\": \"cities\", \"type\": \"int\"}",
                                "{\"path\": \"cityCount\", \"from\": [\"$runStart\"], \"type\": \"date\"}"));
        put("case.json", "{\"title\": \"a title\", \"runStart\": \"2024-02-29T01:00:00Z\"}");
        change("expect/regionView.json", "\"cityCount\": 1", "\"cityCount\": \"2024-02-29\"");
        Said said = Cli.type("plan", "test", plan.toString(), "--cases", cases.toString(), "--json");
        assertThat(said.exitCode()).as(said.out()).isZero();
        assertThat(said.json().at("/cases/0/title").asText()).isEqualTo("a title");
        Files.delete(plan);
    }

    @Test
    void aFolderThatHoldsNoCasesIsRefused(@TempDir Path empty) throws IOException {
        Cli.type("plan", "test", WORLD).failedWith("RequestInvalid", 16);
        Cli.type("plan", "test", WORLD, "--cases", empty.resolve("none").toString())
                .failedWith("RequestInvalid", 16);
        assertThat(Cli.type("plan", "test", WORLD, "--cases", empty.toString())
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains("holds no cases");
        Files.writeString(cases.resolve("stray.json"), "{}");
        assertThat(test().failedWith("RequestInvalid", 16).err()).contains("stray.json");
    }
}
