package dev.resync.run;

import com.mongodb.client.MongoCollection;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonDocument;

/** Finds the runs that collections were made by, all in one query: most runs of the past have none left. */
public final class CollectionOwners {

    private final MongoCollection<BsonDocument> runs;

    public CollectionOwners(MongoStore store) {
        this.runs = store.control("runs");
    }

    /** Returns the runs with these short ids, by short id; a run whose record is not there is missing. */
    public Map<String, Run> of(Collection<String> shortIds) {
        Map<String, Run> owners = new HashMap<>();
        BsonDocument wanted = new BsonDocument("shortId", new BsonDocument("$in", ControlJson.strings(shortIds)));
        runs.find(wanted).forEach(document -> {
            Run run = ControlJson.fromBson(document, Run.class);
            owners.put(run.shortId(), run);
        });
        return owners;
    }
}
