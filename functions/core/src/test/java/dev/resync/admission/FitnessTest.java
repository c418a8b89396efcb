package dev.resync.admission;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import dev.resync.error.SourceUnsuitable;
import dev.resync.error.TargetUnsuitable;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.MongoProxy;
import dev.resync.fixture.MongoProxy.Call;
import dev.resync.fixture.PeoplePlan;
import dev.resync.fixture.RunFixture;
import dev.resync.store.MongoStore;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers list as something else than a collection, which the embedded server never does. */
class FitnessTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(2);
        // Nothing else may be in the way.
        fixture.plans().deployWith("\"latestBy\": \"at\",", "\"latestBy\": \"at\", \"allowScan\": true,");
    }

    /** Returns a check of a server on which one collection is of another type. */
    private Fitness where(String name, String type) {
        MongoClient client = MongoProxy.around(MONGO.client(), call -> listed(call, name, type));
        return new Fitness(new MongoStore(client));
    }

    private static Object listed(Call call, String name, String type) throws Throwable {
        Object answer = call.proceed();
        if (answer instanceof BsonDocument info
                && call.real() instanceof MongoCursor
                && info.getString("name").getValue().equals(name)) {
            info.put("type", new BsonString(type));
        }
        return answer;
    }

    @ParameterizedTest
    @CsvSource({"notes, view", "people, view", "notes, timeseries"})
    void aSourceMustBeACollection(String source, String type) {
        assertThatThrownBy(() -> where(source, type).require(fixture.plans().load(PeoplePlan.NAME)))
                .isInstanceOf(SourceUnsuitable.class)
                .hasMessageStartingWith(
                        "Source " + source + " reads " + fixture.database() + "." + source + ", which is a " + type)
                .hasMessageContaining("Name the collection that it is made of");
    }

    @ParameterizedTest
    @CsvSource({"nameView, view", "personView, timeseries"})
    void aTargetMustBeACollection(String target, String type) {
        assertThatThrownBy(() -> where(target, type).require(fixture.plans().load(PeoplePlan.NAME)))
                .isInstanceOf(TargetUnsuitable.class)
                .hasMessageContaining(target + " is a " + type);
    }

    @Test
    void aTargetThatIsWrittenInPlaceHasNoUniqueIndex() {
        fixture.collection("personView").createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
        requireFit();
        fixture.inPlace("personView");
        assertThatThrownBy(this::requireFit)
                .isInstanceOf(TargetUnsuitable.class)
                .hasMessageContaining("personView has the unique index name_1")
                .hasMessageContaining("apply: swap");
    }

    @Test
    void aTargetThatIsWrittenInPlaceHasNoIndexThatRemovesDocuments() {
        fixture.collection("personView")
                .createIndex(Indexes.ascending("at"), new IndexOptions().expireAfter(1L, TimeUnit.HOURS));
        requireFit();
        fixture.inPlace("personView");
        assertThatThrownBy(this::requireFit)
                .isInstanceOf(TargetUnsuitable.class)
                .hasMessageContaining("personView has a TTL index");
    }

    @Test
    void aTargetThatIsWrittenInPlaceHasNoCollation() {
        MongoClient client = MongoProxy.around(MONGO.client(), call -> {
            Object answer = call.proceed();
            if (answer instanceof BsonDocument info && call.real() instanceof MongoCursor) {
                info.put("options", BsonDocument.parse("{collation: {locale: 'en'}}"));
            }
            return answer;
        });
        Fitness fitness = new Fitness(new MongoStore(client));
        fitness.require(fixture.plans().load(PeoplePlan.NAME));
        fixture.inPlace("personView");
        assertThatThrownBy(() -> fitness.require(fixture.plans().load(PeoplePlan.NAME)))
                .isInstanceOf(TargetUnsuitable.class)
                .hasMessageContaining("personView has a collation");
    }

    @Test
    void aShardedTargetIsWrittenInPlace() {
        MongoClient client = MongoProxy.around(MONGO.client(), call -> {
            Object answer = call.proceed();
            if (answer instanceof BsonDocument stats && stats.containsKey("avgObjSize")) {
                stats.put("sharded", BsonBoolean.TRUE);
            }
            return answer;
        });
        Fitness fitness = new Fitness(new MongoStore(client));
        assertThatThrownBy(() -> fitness.require(fixture.plans().load(PeoplePlan.NAME)))
                .isInstanceOf(TargetUnsuitable.class)
                .hasMessageContaining("is sharded")
                .hasMessageContaining("apply: in-place");
        fixture.inPlace("personView").inPlace("nameView");
        assertThatCode(() -> fitness.require(fixture.plans().load(PeoplePlan.NAME)))
                .doesNotThrowAnyException();
    }

    private void requireFit() {
        new Fitness(new MongoStore(MONGO.client())).require(fixture.plans().load(PeoplePlan.NAME));
    }

    @Test
    void collectionsAreFit() {
        assertThatCode(() ->
                        where("notes", "collection").require(fixture.plans().load(PeoplePlan.NAME)))
                .doesNotThrowAnyException();
    }
}
