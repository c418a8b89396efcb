package dev.resync.bench.growth;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.resync.bench.link.RangeQueries.Query;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * What a query for a range of keys costs the embedded server beyond what it costs a database that has an index: it goes through all
 * documents of the collection, and an index would have led it to those of the range. The query is asked once more as a count, so
 * that the server goes through the same documents and sends none; of the time, the share of the documents outside of the range is
 * extra. All ranges of a cover together are left with one scan.
 */
final class ExtraScans {

    private final MongoClient client;
    private final Clocks clocks;

    /** @param client goes the bare way to the server */
    ExtraScans(MongoClient client, Clocks clocks) {
        this.client = client;
        this.clocks = clocks;
    }

    /** Returns what a query cost extra; nothing where the collection is gone by now. */
    Clocks.Time of(Query query) {
        MongoDatabase database = client.getDatabase(query.namespace().getDatabaseName());
        BsonDocument count =
                new BsonDocument("count", new BsonString(query.namespace().getCollectionName()));
        long all = number(database, count);
        if (all == 0) {
            return Clocks.Time.NONE;
        }
        Clocks.Time begun = clocks.now();
        BsonDocument range = count.clone().append("query", query.filter());
        // One that wants the first few is done when it has them.
        long within = number(database, query.most() == 0 ? range : range.append("limit", new BsonInt32(query.most())));
        return clocks.now().minus(begun).times((double) (all - within) / all);
    }

    private static long number(MongoDatabase database, BsonDocument count) {
        return database.runCommand(count, BsonDocument.class).getNumber("n").longValue();
    }
}
