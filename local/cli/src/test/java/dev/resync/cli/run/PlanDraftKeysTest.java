package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.local.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the keys of sources are, a draft is a valid plan that finds the documents. */
class PlanDraftKeysTest {

    private static final int SHOPS = 12;

    private static TestServer server;
    private static MongoClient client;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = new TestServer();
        client = MongoClients.create(server.uri());
    }

    @AfterAll
    static void close() {
        client.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        client.getDatabase("resync").drop();
        client.getDatabase("trade").drop();
    }

    private static MongoCollection<BsonDocument> collection(String name) {
        return client.getDatabase("trade").getCollection(name, BsonDocument.class);
    }

    private static void insert(String collection, String json) {
        collection(collection).insertOne(BsonDocument.parse(json));
    }

    private JsonNode draft(String sources) throws IOException {
        Said said = Cli.type(
                "plan", "draft", "--mongo-uri", server.uri(), "--json", "--sources", sources, "--target", "trade.view");
        assertThat(said.exitCode()).as(said.err()).isZero();
        Path plan = plan(said.json());
        Said validated = Cli.type("plan", "validate", plan.toString());
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        return said.json();
    }

    private Path plan(JsonNode drafted) throws IOException {
        Path file = folder.resolve("plan.json");
        Files.writeString(file, drafted.path("plan").toString());
        return file;
    }

    /** Returns the receipt of a dry run of the plan that was drafted last. */
    private JsonNode dryRun() {
        Said said = Cli.type(
                "run",
                "--plan",
                folder.resolve("plan.json").toString(),
                "--mongo-uri",
                server.uri(),
                "--environment",
                "test",
                "--requested-by",
                "Ada",
                "--reason",
                "a draft",
                "--json");
        assertThat(said.exitCode()).as(said.out() + said.err()).isZero();
        return said.json();
    }

    /** Shops with keys such as {@code 1.0}, as the shell writes every number, and an address each. */
    private static void shops(String key, String reference) {
        for (int i = 1; i <= SHOPS; i++) {
            insert("shops", "{_id: %s, name: 'Shop %d'}".formatted(key.formatted(i), i));
            insert("addresses", "{_id: 'a%d', shop: %s, town: 'Town %d'}".formatted(i, reference.formatted(i), i));
        }
        collection("addresses").createIndex(Indexes.ascending("shop"));
    }

    @Test
    void aSourceThatHasNothingButItsKeyGivesAPlaceHolder() throws IOException {
        insert("keys", "{_id: 'a'}");
        insert("keys", "{_id: 'b'}");
        JsonNode drafted = draft("trade.keys");
        assertThat(drafted.at("/plan/targets/view/fields").toString())
                .isEqualTo("[{\"path\":\"key\",\"from\":[\"$key\"]}]");
        assertThat(drafted.path("toDo").toString()).contains("/targets/view/fields: no field could be drafted");
        assertThat(dryRun().at("/sources/keys/used").asInt()).isEqualTo(2);
    }

    @Test
    void whereAnotherSourceHasFieldsThereIsNoPlaceHolder() throws IOException {
        for (String key : List.of("a", "b", "c")) {
            insert("keys", "{_id: '" + key + "'}");
            insert("details", "{_id: '" + key + "', size: 1}");
        }
        JsonNode drafted = draft("trade.keys,trade.details");
        assertThat(drafted.at("/plan/targets/view/fields").findValuesAsText("path"))
                .containsExactly("details.size");
    }

    @Test
    void anIdMadeOfFieldsIsNoFieldOfTheTarget() throws IOException {
        for (int i = 0; i < 3; i++) {
            insert("parts", "{_id: {shop: 'S', number: %d}, code: 'c%d', name: 'Part'}".formatted(i, i));
        }
        collection("parts").createIndex(Indexes.ascending("code"));
        JsonNode drafted = draft("trade.parts");
        assertThat(drafted.at("/plan/sources/parts/key/field").asText()).isEqualTo("code");
        assertThat(drafted.at("/plan/targets/view/fields").findValuesAsText("path"))
                .containsExactly("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%d.0", "{$numberInt: '%d'}", "{$numberLong: '%d'}", "{$numberDecimal: '%d'}"})
    void wholeNumbersAreKeysWhateverTheirType(String reference) throws IOException {
        shops("%d.0", reference);
        JsonNode drafted = draft("trade.shops,trade.addresses");
        assertThat(drafted.at("/plan/key/type").asText()).isEqualTo("long");
        assertThat(drafted.at("/plan/sources/shops/key/field").asText()).isEqualTo("_id");
        assertThat(drafted.at("/plan/sources/shops/key/type").asText()).isEqualTo("long");
        assertThat(drafted.at("/plan/sources/addresses/key/field").asText()).isEqualTo("shop");
        JsonNode receipt = dryRun();
        for (String source : List.of("shops", "addresses")) {
            assertThat(receipt.at("/sources/" + source + "/withoutKey").asInt()).isZero();
            assertThat(receipt.at("/sources/" + source + "/used").asInt()).isEqualTo(SHOPS);
        }
    }

    @Test
    void wholeNumbersOf32BitsStayWhatTheyAre() throws IOException {
        shops("{$numberInt: '%d'}", "{$numberInt: '%d'}");
        assertThat(draft("trade.shops,trade.addresses").at("/plan/key/type").asText())
                .isEqualTo("int");
    }

    @Test
    void textsOfWholeNumbersBecomeKeysThatWereDoubles() throws IOException {
        shops("%d.0", "'%d'");
        JsonNode drafted = draft("trade.shops,trade.addresses");
        assertThat(drafted.at("/plan/sources/addresses/key").toString())
                .isEqualTo("{\"field\":\"shop\",\"type\":\"string\",\"transform\":[\"toNumber\"]}");
        assertThat(dryRun().at("/sources/addresses/used").asInt()).isEqualTo(SHOPS);
    }

    @Test
    void aTargetWithOtherNumbersAsKeysIsExplained() throws IOException {
        shops("%d.0", "%d.0");
        for (int i = 1; i <= SHOPS; i++) {
            insert("view", "{_id: {$numberLong: '%d'}, title: 'Shop %d', place: 'Town %d'}".formatted(i, i, i));
        }
        JsonNode fields = draft("trade.shops,trade.addresses").at("/plan/targets/view/fields");
        assertThat(fields.findValuesAsText("path")).containsExactly("title", "place");
        assertThat(fields.at("/0/from/0").asText()).isEqualTo("shops.name");
        assertThat(fields.at("/1/from/0").asText()).isEqualTo("addresses.town");
    }

    @Test
    void fractionsAreNoKeys() throws IOException {
        shops("%d.5", "%d.5");
        assertThat(draft("trade.shops").path("toDo").toString())
                .contains("/key: no source has a unique, indexed field of one type that could be the key");
    }
}
