package dev.resync.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import dev.resync.error.DatabaseForeign;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.IdentifyingMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.store.ControlJson;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A function whose profile contradicts its database refuses to work. */
class DatabaseRegisterTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final String OTHER = """
            {"name": "%s", "colour": "red", "kind": "%s", "maxConcurrency": 1, "approval": "none",
              "starts": {"console": {"who": ["*"], "realRuns": true}}}
            """;

    private MongoClient client;
    private RunFixture fixture;

    @BeforeEach
    void fill() {
        client = new IdentifyingMongo(MONGO.client()).client();
        fixture = new RunFixture(client).filled(5);
    }

    @Test
    void theFirstAdmissionWritesItDown() {
        fixture.call("admit", ControlJson.mapper().createObjectNode());
        assertThat(fixture.control("environment").countDocuments())
                .as("after a preview")
                .isZero();
        fixture.execute();
        BsonDocument record = fixture.control("environment").find().first();
        assertThat(record.getString("name").getValue()).isEqualTo("test");
        assertThat(record.getString("fingerprint").getValue()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"prod, production", "test, production", "prod, test"})
    void noFunctionWorksUnderAnotherProfile(String name, String kind) {
        RunDriver run = fixture.execute();
        RunFixture other = new RunFixture(client, client, OTHER.formatted(name, kind));
        for (String function :
                List.of("plan-chunks", "verify", "pre-cut-over", "cut-over", "finish", "close-run", "reconcile")) {
            assertThatThrownBy(() -> other.call(function, run.event()))
                    .as(function)
                    .isInstanceOf(DatabaseForeign.class)
                    .hasMessageContaining("belongs to environment test (test)")
                    .hasMessageContaining("Nothing was read or changed");
        }
        assertThatThrownBy(() -> other.call("admit", other.admission(other.request("DRY_RUN"), "arn")))
                .isInstanceOf(DatabaseForeign.class);
        assertThat(run.toEnd().ending()).hasToString("CUT_OVER");
    }

    /** Who looks after production sees that somebody took it for something else. */
    @Test
    void theDatabaseThatWasTakenForAnotherKeepsARecordOfIt() {
        fixture.execute();
        RunFixture other = new RunFixture(client, client, OTHER.formatted("prod", "production"));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> other.call("admit", other.admission(other.request("DRY_RUN"), "arn")))
                    .isInstanceOf(DatabaseForeign.class);
        }
        assertThat(fixture.context().audit().all())
                .filteredOn(entry -> entry.event().equals("FOREIGN_PROFILE"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).contains("the profile says prod (PRODUCTION, red)"));
    }

    @Test
    void aCopyIsFoundOut() {
        fixture.execute();
        BsonDocument record = fixture.control("environment").find().first();
        fixture.control("environment").drop();
        fixture.control("environment").insertOne(record);
        RunFixture later = new RunFixture(client);
        assertThatThrownBy(() -> later.call("reconcile", ControlJson.mapper().createObjectNode()))
                .isInstanceOf(DatabaseForeign.class)
                .hasMessageContaining("it is a copy of it, or was restored")
                .hasMessageContaining("resync environment --adopt");
        register(later).adopt();
        later.call("reconcile", ControlJson.mapper().createObjectNode());
    }

    @Test
    void whereTheServerGivesNoIdentityTheNameCounts() {
        RunFixture plain = new RunFixture(MONGO.client()).filled(5);
        plain.execute();
        assertThat(register(plain).find().orElseThrow().fingerprint()).isNull();
        assertThat(register(plain).require()).isTrue();
    }

    /** A new database says nothing of itself yet, so that a test's profile would take a new production database. */
    @Test
    void aDatabaseOnAnotherHostIsRefusedBeforeItIsAskedAnything() {
        String elsewhere = OTHER.formatted("prod", "production")
                .replace("\"approval\"", "\"hosts\": [\"db.example.com\"], \"approval\"");
        RunFixture other = new RunFixture(client, client, elsewhere);
        assertThatThrownBy(() -> other.call("admit", other.admission(other.request("DRY_RUN"), "arn")))
                .isInstanceOf(DatabaseForeign.class)
                .hasMessageContaining("names host " + host())
                .hasMessageContaining("environment prod (PRODUCTION, red) allows [db.example.com] (hosts)");
        assertThatThrownBy(() -> register(other).adopt()).isInstanceOf(DatabaseForeign.class);
        assertThat(fixture.control("environment").countDocuments()).isZero();
        assertThat(fixture.control("audit").countDocuments()).isZero();
        RunFixture here = new RunFixture(client, client, elsewhere.replace("db.example.com", host())).filled(5);
        assertThat(here.admit(here.request("DRY_RUN").put("environment", "prod"))
                        .run()
                        .environment())
                .isEqualTo("prod");
    }

    private String host() {
        return fixture.context().store().hosts().get(0);
    }

    private static DatabaseRegister register(RunFixture fixture) {
        return new DatabaseRegister(fixture.context().store(), fixture.context().environment(), fixture.clock());
    }
}
