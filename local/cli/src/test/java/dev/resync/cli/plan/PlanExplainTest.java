package dev.resync.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanExplainTest {

    private static final Path PLANS = Path.of("..", "..", "plans");
    private static final String REVALIDATION =
            PLANS.resolve("revalidation.json").toString();

    private static final String EVERYTHING = """
            {"plan": "everything", "timeZone": "Europe/London", "key": {"type": "string"},
             "sources": {
               "a": {"namespace": "d.a", "key": {"field": "_id", "type": "long",
                  "transform": ["toString", {"padStart": {"length": 7, "with": "0"}}]}, "cardinality": "one", "drives": true,
                "duplicates": "latest", "latestBy": "at",
                "exclude": [{"rule": "old", "reason": "They are closed.",
                  "where": {"field": "state", "in": ["closed", 7], "ignoreCase": true, "isNull": true}}]},
               "b": {"namespace": "d.b", "key": {"field": "a", "type": "string"}, "cardinality": "many"}},
             "targets": {"view": {"namespace": "d.view", "changeStreamConsumers": "none", "nulls": "omit", "fields": [
               {"path": "kind", "from": ["a.kind", {"value": "none", "whenPresent": "b"}], "type": "string",
                "enum": {"x": "X", "y": "y"}, "enumOther": "?", "default": "plain"},
               {"path": "state", "from": ["a.state"], "enum": ["on"], "enumOther": null, "type": "string", "required": true},
               {"path": "sum", "expression": "a.x + a.y", "type": "long"},
               {"path": "at", "from": ["a.at"], "type": "date", "format": "dd.MM.uuuu", "inputFormats": ["dd/MM/uuuu"]},
               {"path": "moment", "from": ["$runStart"], "type": "datetime", "as": "bsonDate"},
               {"path": "fixed", "from": [{"value": 3}], "type": "int"},
               {"path": "bs", "each": "b", "orderBy": [{"field": "n", "direction": "desc"}],
                "fields": [{"path": "n", "from": ["n", "m"], "type": "int"}]},
               {"path": "count", "countOf": "b", "type": "long"}]}},
             "gates": {"quarantine": {"maxShare": 0.5}, "shrink": {"maxShare": 0.050},
               "fieldDropOut": {"overrides": {"view.at": 1}}}}
            """;

    @TempDir
    private Path folder;

    private JsonNode everything() throws IOException {
        Path file = folder.resolve("everything.json");
        Files.writeString(file, EVERYTHING);
        return Cli.type("plan", "explain", "--json", file.toString()).json();
    }

    private static JsonNode field(JsonNode explained, String path) {
        for (JsonNode field : explained.at("/targets/0/fields")) {
            if (field.path("path").asText().equals(path)) {
                return field;
            }
        }
        throw new AssertionError(path + " is not explained");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @Test
    void eachKindOfRuleSaysWhereItsValueComesFromAndWhatNullBecomes() throws IOException {
        JsonNode explained = everything();
        JsonNode kind = field(explained, "kind");
        assertThat(texts(kind.path("from"))).containsExactly("a.kind", "\"none\" if b");
        assertThat(kind.path("owner").asText()).isEqualTo("a");
        assertThat(kind.path("type").asText()).isEqualTo("string");
        assertThat(kind.path("onNull").asText()).isEqualTo("default \"plain\"");
        assertThat(kind.path("onUnknown").asText()).isEqualTo("\"?\"");
        assertThat(texts(kind.path("values"))).containsExactly("x → \"X\"", "y");
        assertThat(field(explained, "state").path("onNull").asText()).isEqualTo("quarantine");
        assertThat(field(explained, "state").path("onUnknown").asText()).isEqualTo("as null");
        JsonNode sum = field(explained, "sum");
        assertThat(sum.path("owner").asText()).isEqualTo("expression");
        assertThat(texts(sum.path("from"))).containsExactly("a.x + a.y");
        assertThat(sum.path("onNull").asText()).isEqualTo("omitted");
        assertThat(field(explained, "at").path("format").asText()).isEqualTo("dd.MM.uuuu");
        assertThat(texts(field(explained, "at").path("notes"))).containsExactly("also reads dd/MM/uuuu");
        assertThat(field(explained, "moment").path("format").asText()).isEqualTo("BSON date");
        assertThat(field(explained, "moment").path("owner").asText()).isEqualTo("run");
        assertThat(field(explained, "fixed").path("owner").asText()).isEqualTo("plan");
        assertThat(field(explained, "fixed").path("onNull").asText()).isEqualTo("never");
        assertThat(texts(field(explained, "bs").path("from"))).containsExactly("each of b by n desc");
        assertThat(texts(field(explained, "bs[].n").path("from"))).containsExactly("n", "m");
        assertThat(field(explained, "bs[].n").path("owner").asText()).isEqualTo("b");
        assertThat(field(explained, "count").path("onNull").asText()).isEqualTo("0");
        assertThat(field(explained, "count").path("type").asText()).isEqualTo("long");
    }

    @Test
    void aJoinSaysWhatItPutsTogether() throws IOException {
        Path file = folder.resolve("join.json");
        Files.writeString(
                file,
                EVERYTHING
                        .replace("\"from\": [\"a.state\"]", "\"from\": [{\"join\": [\"b.x\", \"$key\", \"a.y\"]}]")
                        .replace(
                                "\"from\": [\"n\", \"m\"], \"type\": \"int\"",
                                "\"from\": [{\"join\": [\"n\", \"m\"], \"separator\": \", \"}], \"type\": \"string\""));
        JsonNode explained =
                Cli.type("plan", "explain", "--json", file.toString()).json();

        JsonNode state = field(explained, "state");
        assertThat(texts(state.path("from"))).containsExactly("join of b.x, $key, a.y with \" \"");
        assertThat(state.path("owner").asText()).isEqualTo("b");
        assertThat(texts(state.path("notes"))).containsExactly("several: quarantine if unequal");
        JsonNode element = field(explained, "bs[].n");
        assertThat(texts(element.path("from"))).containsExactly("join of n, m with \", \"");
        assertThat(element.path("owner").asText()).isEqualTo("b");
        assertThat(texts(element.path("notes"))).isEmpty();
    }

    @Test
    void aConditionSaysForWhichValuesItsConstantIs() throws IOException {
        Path file = folder.resolve("condition.json");
        Files.writeString(
                file,
                EVERYTHING
                        .replace("\"whenPresent\": \"b\"", "\"when\": {\"field\": \"b.s\", \"in\": [\"x\", 7]}")
                        .replace(
                                "\"from\": [\"n\", \"m\"]",
                                "\"from\": [{\"value\": 1, \"when\": {\"field\": \"m\", \"in\": [true]}}]"));
        JsonNode explained =
                Cli.type("plan", "explain", "--json", file.toString()).json();

        JsonNode kind = field(explained, "kind");
        assertThat(texts(kind.path("from"))).containsExactly("a.kind", "\"none\" if b.s is \"x\" or 7");
        assertThat(texts(kind.path("notes"))).isEmpty();
        JsonNode element = field(explained, "bs[].n");
        assertThat(texts(element.path("from"))).containsExactly("1 if m is true");
        assertThat(element.path("owner").asText()).isEqualTo("b");
        assertThat(element.path("onNull").asText()).isEqualTo("omitted");
    }

    @Test
    void sourcesSayWhatTheyLeaveOutAndWhy() throws IOException {
        JsonNode source = everything().at("/sources/0");
        assertThat(texts(source.path("transform"))).containsExactly("toString", "padStart 7 with 0");
        assertThat(source.path("cardinality").asText()).isEqualTo("one");
        assertThat(source.path("duplicates").asText()).isEqualTo("latest");
        assertThat(source.at("/exclude/0/rule").asText()).isEqualTo("old");
        assertThat(source.at("/exclude/0/reason").asText()).isEqualTo("They are closed.");
        assertThat(source.at("/exclude/0/claims").asText())
                .isEqualTo("state is \"closed\" or 7, is null or missing (any case)");
    }

    /** Everything, with what the plan hides and how it knows what was changed. */
    private Said hiding(String... options) throws IOException {
        Path file = folder.resolve("hiding.json");
        Files.writeString(
                file,
                EVERYTHING
                        .replace("\"latestBy\": \"at\",", "\"latestBy\": \"at\", \"modifiedField\": \"changed\",")
                        .replace("\"cardinality\": \"many\"", "\"cardinality\": \"many\", \"sensitive\": [\"m.o\"]")
                        .replace("\"from\": [\"a.state\"],", "\"from\": [\"a.state\"], \"sensitive\": true,")
                        .replace("\"expression\": \"a.x + a.y\",", "\"expression\": \"a.x\", \"sensitive\": true,"));
        List<String> arguments = new ArrayList<>(List.of("plan", "explain", file.toString()));
        arguments.addAll(List.of(options));
        Said said = Cli.type(arguments.toArray(String[]::new));
        assertThat(said.exitCode()).as(said.err()).isZero();
        return said;
    }

    @Test
    void whatIsHiddenIsSaid() throws IOException {
        JsonNode explained = hiding("--json").json();
        assertThat(explained.path("keySensitive").asBoolean(true)).isFalse();
        assertThat(texts(explained.at("/sources/0/sensitive"))).containsExactly("$**.a", "$**.x", "state");
        assertThat(texts(explained.at("/sources/1/sensitive"))).containsExactly("$**.a", "$**.x", "m.o");
        for (String hidden : List.of("state", "sum", "bs", "bs[].n")) {
            assertThat(field(explained, hidden).path("sensitive").asBoolean())
                    .as(hidden)
                    .isTrue();
        }
        for (String shown : List.of("kind", "at", "moment", "fixed", "count")) {
            assertThat(field(explained, shown).path("sensitive").asBoolean(true))
                    .as(shown)
                    .isFalse();
        }
        assertThat(hiding().out().lines())
                .contains("  hides m.o; any field named a, x")
                .anyMatch(line -> line.matches("  state +string, hidden +a +quarantine.*"))
                .anyMatch(line -> line.matches("  bs +array, hidden +b .*"))
                .anyMatch(line -> line.matches("  kind +string +a .*"));
        assertThat(everything().at("/sources/0/sensitive")).isEmpty();
    }

    @Test
    void hiddenKeysAreSaid() throws IOException {
        Path file = folder.resolve("keys.json");
        Files.writeString(
                file,
                EVERYTHING.replace(
                        "\"key\": {\"type\": \"string\"},\n",
                        "\"key\": {\"type\": \"string\", \"sensitive\": true},\n"));
        assertThat(Cli.type("plan", "explain", "--json", file.toString())
                        .json()
                        .path("keySensitive")
                        .asBoolean())
                .isTrue();
        assertThat(Cli.type("plan", "explain", file.toString()).out())
                .contains("keys of type string, hidden", "  hides _id\n", "target view (d.view): _id is the key");
        assertThat(Cli.type("plan", "explain", REVALIDATION).out()).doesNotContain("hide", "hidden,", ", hidden");
    }

    @Test
    void theFieldThatSaysWhenADocumentWasChangedIsSaid() throws IOException {
        JsonNode explained = hiding("--json").json();
        assertThat(explained.at("/sources/0/modifiedField").asText()).isEqualTo("changed");
        assertThat(explained.at("/sources/1").has("modifiedField")).isFalse();
        assertThat(hiding().out())
                .contains("\n  changed says when a document was changed; catches up before cut-over\n");
    }

    @Test
    void onlyGatesWithOtherLimitsThanTheDefaultAreShown() throws IOException {
        JsonNode gates = everything().path("gates");
        assertThat(gates.findValuesAsText("gate")).containsExactly("quarantine.maxShare", "fieldDropOut.overrides");
        assertThat(gates.at("/0/value").asDouble()).isEqualTo(0.5);
        assertThat(gates.at("/0/defaultValue").asDouble()).isEqualTo(0.01);
        assertThat(gates.at("/1/value/view.at").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"revalidation.json", "examples/world.json"})
    void theTextHasOneAlignedLineForEachFieldWithin120Columns(String plan) throws IOException {
        Path file = PLANS.resolve(plan);
        Plan read = new PlanReader().read(plan, Files.readString(file));
        Said said = Cli.type("plan", "explain", file.toString());
        assertThat(said.exitCode()).isZero();
        List<String> lines = said.out().lines().toList();
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        assertThat(Stream.of(lines).flatMap(List::stream).filter(line -> line.startsWith("  FIELD")))
                .hasSameSizeAs(read.targets());
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("  FIELD")) {
                int type = lines.get(i).indexOf("TYPE");
                int fields =
                        read.target(lines.get(i - 1).split(" ")[1]).ruleIds().size();
                assertThat(lines.subList(i + 1, i + 1 + fields))
                        .allSatisfy(line ->
                                assertThat(line.substring(type - 2, type + 1)).matches("  [a-z]"));
                assertThat(i + 1 + fields == lines.size()
                                || lines.get(i + 1 + fields).isEmpty())
                        .isTrue();
            }
        }
    }

    @Test
    void theBuiltInPlanShowsOwnersAndUnknownValues() {
        assertThat(Cli.type("plan", "explain", REVALIDATION).out())
                .containsPattern(
                        "gmcStatus +string +recommendation +null +recommendation.outcome; others: quarantine\n")
                .containsPattern("doctorFirstName +string +gmc +null +gmc.doctorFirstName, tis.doctorFirstName")
                .containsPattern("hiddenDiscrepancies\\[\\]\\.hiddenBy +string +hidden +null +hiddenBy\n")
                .contains("target recommendationView", "all fields below recommendationInfo")
                .contains("leaves out as request-failed: responseCode is anything but \"0\"")
                .contains("GMC refused the request, so the connection did not change.");
    }

    @Test
    void aPlanThatIsWrongIsRefused() throws IOException {
        Path file = folder.resolve("broken.json");
        Files.writeString(file, EVERYTHING.replace("\"countOf\": \"b\"", "\"countOf\": \"c\""));
        Cli.type("plan", "explain", file.toString()).failedWith("PlanInvalid", 14);
    }
}
