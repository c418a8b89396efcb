package dev.resync.bench.link;

import com.mongodb.MongoNamespace;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Keeps the queries for a range of keys, those of deletes included, so that they can be asked once more. */
public final class RangeQueries implements CommandListener {

    private final List<Query> queries = new ArrayList<>();

    /**
     * One of them.
     *
     * @param namespace collection that is asked
     * @param filter what is asked for
     * @param most documents that are wanted at most; 0 for all
     */
    public record Query(MongoNamespace namespace, BsonDocument filter, int most) {}

    @Override
    public void commandStarted(CommandStartedEvent event) {
        BsonDocument command = event.getCommand();
        switch (event.getCommandName()) {
            case "find" -> keep(event, command.get("filter"));
            case "count" -> keep(event, command.get("query"));
            case "delete" ->
                command.getArray("deletes", new BsonArray())
                        .forEach(delete -> keep(event, delete.asDocument().get("q")));
            case "aggregate" -> {
                BsonArray stages = command.getArray("pipeline");
                if (!stages.isEmpty()) {
                    keep(event, stages.get(0).asDocument().get("$match"));
                }
            }
            default -> {
                // Writes nothing that is looked for by a range.
            }
        }
    }

    private void keep(CommandStartedEvent event, BsonValue filter) {
        if (filter == null || !RangeReads.isRange(filter.asDocument())) {
            return;
        }
        BsonValue collection = event.getCommand().get(event.getCommandName());
        MongoNamespace namespace = new MongoNamespace(
                event.getDatabaseName(), collection instanceof BsonString name ? name.getValue() : "$cmd");
        // A copy: what the event holds is gone when the command is sent.
        BsonDocument copy = new RawBsonDocument(filter.asDocument(), new BsonDocumentCodec());
        int most = event.getCommand().getNumber("limit", new BsonInt32(0)).intValue();
        synchronized (this) {
            queries.add(new Query(namespace, copy, Math.abs(most)));
        }
    }

    /** Returns the queries since this was called last, in the order in which they were asked. */
    public synchronized List<Query> take() {
        List<Query> taken = List.copyOf(queries);
        queries.clear();
        return taken;
    }
}
