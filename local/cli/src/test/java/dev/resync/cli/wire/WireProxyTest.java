package dev.resync.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoSocketException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.resync.cli.local.TestServer;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.cli.wire.WireRule.Refused;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the proxy does to commands, seen from both of its ends. */
class WireProxyTest {

    private TestServer server;
    private WireProxy proxy;
    private MongoClient client;
    private MongoCollection<BsonDocument> through;
    private MongoCollection<BsonDocument> direct;
    private MongoClient directly;

    @BeforeEach
    void open() {
        server = new TestServer();
        String[] host = new ConnectionString(server.uri()).getHosts().get(0).split(":");
        proxy = new WireProxy(InetSocketAddress.createUnresolved(host[0], Integer.parseInt(host[1])));
        client = MongoClients.create("mongodb://" + proxy.address() + "/?retryWrites=false&retryReads=false");
        directly = MongoClients.create(server.uri());
        through = client.getDatabase("wire").getCollection("things", BsonDocument.class);
        direct = directly.getDatabase("wire").getCollection("things", BsonDocument.class);
        direct.drop();
    }

    @AfterEach
    void close() {
        client.close();
        directly.close();
        proxy.close();
        server.close();
    }

    @Test
    void passesCommandsAndShowsThemWithTheirDocuments() {
        List<WireCommand> seen = new CopyOnWriteArrayList<>();
        proxy.use(command -> {
            seen.add(command);
            return Fate.PASSED;
        });
        through.insertMany(List.of(thing(1), thing(2)));
        assertThat(direct.countDocuments()).isEqualTo(2);
        WireCommand insert = seen.stream()
                .filter(command -> command.name().equals("insert"))
                .findFirst()
                .orElseThrow();
        assertThat(insert.namespace()).isEqualTo("wire.things");
        assertThat(insert.documents()).hasSize(2);
        assertThat(insert.writes()).isTrue();
    }

    @Test
    void aLostCommandNeverArrives() {
        onInsert(Fate.LOST);
        assertThatThrownBy(() -> through.insertOne(thing(1))).isInstanceOf(MongoSocketException.class);
        assertThat(direct.countDocuments()).isZero();
    }

    @Test
    void anUnansweredCommandIsCarriedOut() {
        onInsert(Fate.UNANSWERED);
        assertThatThrownBy(() -> through.insertOne(thing(1))).isInstanceOf(MongoSocketException.class);
        assertThat(direct.countDocuments()).isEqualTo(1);
    }

    @Test
    void aRefusedCommandIsCarriedOutOnlyWhereTheRuleSaysSo() {
        onInsert(new Refused(13, "Unauthorized", false));
        assertThatThrownBy(() -> through.insertOne(thing(1)))
                .isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.getErrorCodeName())
                        .isEqualTo("Unauthorized"));
        assertThat(direct.countDocuments()).isZero();
        onInsert(new Refused(13, "Unauthorized", true));
        assertThatThrownBy(() -> through.insertOne(thing(1))).isInstanceOf(MongoCommandException.class);
        assertThat(direct.countDocuments()).isEqualTo(1);
    }

    @Test
    void aPretendedCommandIsAnsweredAndNeverArrives() {
        onInsert(Fate.PRETENDED);
        through.insertOne(thing(1));
        assertThat(direct.countDocuments()).isZero();
    }

    @Test
    void aRenameShowsBothNames() {
        List<WireCommand> renames = new CopyOnWriteArrayList<>();
        direct.insertOne(thing(1));
        proxy.use(command -> {
            if (command.renames()) {
                renames.add(command);
            }
            return Fate.PASSED;
        });
        through.renameCollection(new com.mongodb.MongoNamespace("wire", "others"));
        assertThat(renames).singleElement().satisfies(rename -> {
            assertThat(rename.namespace()).isEqualTo("wire.things");
            assertThat(rename.destination()).isEqualTo("wire.others");
        });
    }

    private void onInsert(Fate fate) {
        proxy.use(command -> command.name().equals("insert") ? fate : Fate.PASSED);
    }

    private static BsonDocument thing(int id) {
        return new BsonDocument("_id", new BsonInt32(id));
    }
}
