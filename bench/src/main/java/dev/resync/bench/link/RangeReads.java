package dev.resync.bench.link;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Counts the queries for a range of keys, by collection. A database answers one from an index; the embedded server goes through
 * the whole collection each time, which is a cost of that server and of nobody who is measured.
 */
public final class RangeReads implements CommandListener {

    private static final Set<String> COMPARISONS = Set.of("$gt", "$gte", "$lt", "$lte", "$not", "$nor");

    private final Map<String, Integer> byNamespace = new TreeMap<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (event.getCommandName().equals("find")) {
            BsonDocument command = event.getCommand();
            if (command.containsKey("filter") && isRange(command.getDocument("filter"))) {
                count(event.getDatabaseName() + "." + command.getString("find").getValue());
            }
        }
    }

    private synchronized void count(String namespace) {
        byNamespace.merge(namespace, 1, Integer::sum);
    }

    static boolean isRange(BsonDocument filter) {
        for (Map.Entry<String, BsonValue> field : filter.entrySet()) {
            if (COMPARISONS.contains(field.getKey())) {
                return true;
            }
            BsonValue value = field.getValue();
            if (value.isDocument() && isRange(value.asDocument())) {
                return true;
            }
            if (value.isArray()
                    && value.asArray().stream().anyMatch(each -> each.isDocument() && isRange(each.asDocument()))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the counts since this was called last, by {@code database.collection}. */
    public synchronized Map<String, Integer> take() {
        Map<String, Integer> taken = new TreeMap<>(byNamespace);
        byNamespace.clear();
        return taken;
    }
}
