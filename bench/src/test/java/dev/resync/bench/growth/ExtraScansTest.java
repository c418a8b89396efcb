package dev.resync.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.bench.link.Link;
import dev.resync.bench.link.RangeQueries;
import dev.resync.bench.link.RangeQueries.Query;
import dev.resync.bench.process.ChildProcess;
import dev.resync.bench.process.DatabaseMain;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;

class ExtraScansTest {

    private static final int SERVER_MEGABYTES = 128;

    @Test
    void takesOnlyWhatIsOutsideOfTheRange() {
        RangeQueries queries = new RangeQueries();
        try (ChildProcess server = DatabaseMain.start(SERVER_MEGABYTES);
                Link bare = Link.open(Link.BARE, server.address());
                Link listened = Link.counting(server.address(), queries)) {
            server.ask(DatabaseMain.BEGIN);
            bare.client()
                    .getDatabase("data")
                    .getCollection("source")
                    .insertMany(IntStream.range(0, 1_000)
                            .mapToObj(id -> new Document("_id", id))
                            .toList());
            var source = listened.client().getDatabase("data").getCollection("source");
            Bson half = new Document("_id", new Document("$gte", 500));
            source.find(half).first();
            source.find(new Document("_id", 5)).first();
            source.deleteMany(new Document("_id", new Document("$gte", 2_000)));
            source.countDocuments(new Document("_id", new Document("$lt", 3)));
            List<Query> asked = queries.take();
            assertThat(asked)
                    .extracting(query -> query.namespace().getFullName() + " " + query.filter() + " " + query.most())
                    .containsExactly(
                            "data.source {\"_id\": {\"$gte\": 500}} 1",
                            "data.source {\"_id\": {\"$gte\": 2000}} 0",
                            "data.source {\"_id\": {\"$lt\": 3}} 0");
            assertThat(queries.take()).isEmpty();

            ExtraScans scans = new ExtraScans(bare.client(), new Clocks(server));
            assertThat(asked)
                    .allSatisfy(query -> assertThat(scans.of(query).seconds()).isPositive());
            Query all = new Query(asked.get(0).namespace(), BsonDocument.parse("{_id: {$gte: 0}}"), 0);
            assertThat(scans.of(all)).isEqualTo(Clocks.Time.NONE);
            bare.client().getDatabase("data").drop();
            assertThat(scans.of(asked.get(0))).isEqualTo(Clocks.Time.NONE);
        }
    }
}
