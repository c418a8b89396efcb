package dev.resync.store;

import com.mongodb.MongoCommandException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Collation;
import java.util.function.BooleanSupplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;

/**
 * Has queries compare byte by byte, whatever the collation of their collection. Every server that knows collations takes that for
 * every query; so it is asked once whether it does, and only one that does not is asked of each collection. Thread-safe.
 */
final class SimpleCollation {

    private static final Collation SIMPLE = Collation.builder().locale("simple").build();

    private final MongoCollection<BsonDocument> any;
    private volatile boolean known;

    /** @param any a collection, to be asked whether queries may have a collation; need not exist */
    SimpleCollation(MongoCollection<BsonDocument> any) {
        this.any = any;
    }

    /**
     * Returns the query under simple collation.
     *
     * @param ownCollation tells whether its collection has another; asked only where not every query may have one
     */
    FindIterable<RawBsonDocument> of(FindIterable<RawBsonDocument> query, BooleanSupplier ownCollation) {
        return isKnown() || ownCollation.getAsBoolean() ? query.collation(SIMPLE) : query;
    }

    private boolean isKnown() {
        if (!known) {
            try {
                any.find()
                        .projection(new BsonDocument("_id", new BsonInt32(1)))
                        .collation(SIMPLE)
                        .limit(1)
                        .first();
                known = true;
            } catch (MongoCommandException refused) {
                // Whatever the reason is, each collection can be asked instead.
                return false;
            }
        }
        return known;
    }
}
