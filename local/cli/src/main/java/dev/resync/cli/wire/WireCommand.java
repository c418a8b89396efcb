package dev.resync.cli.wire;

import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * A command on its way from a client to the database.
 *
 * @param name such as {@code insert}
 * @param database database that it is sent to
 * @param body the command as sent
 * @param documents what is sent beside it: documents of an insert, updates of an update, deletes of a delete
 */
public record WireCommand(String name, String database, BsonDocument body, List<RawBsonDocument> documents) {

    private static final Set<String> WRITES = Set.of(
            "insert", "update", "delete", "findAndModify", "create", "createIndexes", "drop", "renameCollection");
    private static final Set<String> READS = Set.of("find", "getMore", "aggregate", "count", "listCollections");
    private static final String RENAME = "renameCollection";

    /** Returns whether it changes documents, collections or indexes. */
    public boolean writes() {
        return WRITES.contains(name);
    }

    /** Returns whether it reads or changes what is stored, rather than asking how the server is. */
    public boolean works() {
        return writes() || READS.contains(name);
    }

    /** Returns whether it renames a collection. */
    public boolean renames() {
        return name.equals(RENAME);
    }

    /** Returns {@code database.collection} of what it works on, before a rename; the database where it names no collection. */
    public String namespace() {
        BsonValue first = body.get(name);
        if (first == null || !first.isString()) {
            return database;
        }
        return renames()
                ? first.asString().getValue()
                : database + "." + first.asString().getValue();
    }

    /** Returns {@code database.collection} after a rename; the same as {@link #namespace} for anything else. */
    public String destination() {
        return renames() ? body.getString("to").getValue() : namespace();
    }
}
