package dev.resync.bench.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.resync.chunk.KeyFamily;
import dev.resync.chunk.KeyRange;
import dev.resync.cli.local.EmbeddedDatabase;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

class RangeReadsTest {

    @Test
    void countsTheQueriesOfChunksAndNoOthers() {
        List<BsonValue> cuts = List.of(new BsonString("m"));
        RangeReads reads = new RangeReads();
        try (EmbeddedDatabase database = new EmbeddedDatabase(0);
                Link link = Link.counting(database.uri(), reads)) {
            MongoDatabase data = link.client().getDatabase("data");
            // Two ranges and their complement.
            KeyRange.cover(KeyFamily.STRING, cuts).forEach(range -> data.getCollection("source")
                    .find(range.filter("key"))
                    .first());
            data.getCollection("source").find().first();
            data.getCollection("source").find(BsonDocument.parse("{_id: 'a'}")).first();
            data.getCollection("source")
                    .find(BsonDocument.parse("{_id: {$in: ['a', 'b']}}"))
                    .first();
            data.getCollection("other")
                    .find(BsonDocument.parse("{_id: {$gte: 'a'}}"))
                    .first();
        }

        assertThat(reads.take()).isEqualTo(Map.of("data.source", 3, "data.other", 1));
        assertThat(reads.take()).isEmpty();
    }
}
