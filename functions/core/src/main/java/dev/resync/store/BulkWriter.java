package dev.resync.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoNamespace;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import dev.resync.error.ShadowConflict;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/**
 * Writes documents in batches bounded by number and bytes, so that a replay leaves the same documents: what is not there is
 * inserted, what is there under the same {@code _id} is replaced. Its errors do not quote documents, unless it is made to.
 * Not safe for use by several threads at once.
 */
public final class BulkWriter implements AutoCloseable {

    private static final int BATCH_DOCUMENTS = 1000;
    private static final int BATCH_BYTES = 4 * 1024 * 1024;

    private final MongoNamespace namespace;
    private final MongoCollection<RawBsonDocument> collection;
    private final BulkWriteOptions options;
    private final List<RawBsonDocument> batch = new ArrayList<>();
    private final boolean shown;
    private int batchBytes;

    /** @param namespace an open collection; never live and never a sealed one */
    public BulkWriter(MongoStore store, MongoNamespace namespace) {
        this(store, namespace, new BulkWriteOptions().ordered(false), false);
    }

    private BulkWriter(MongoStore store, MongoNamespace namespace, BulkWriteOptions options, boolean shown) {
        this.options = options;
        this.shown = shown;
        this.namespace = namespace;
        this.collection = store.raw(namespace);
    }

    /** Returns a writer of copies: what live holds is right even where it is older than live's validator. */
    public static BulkWriter ofCopies(MongoStore store, MongoNamespace namespace) {
        return new BulkWriter(
                store, namespace, new BulkWriteOptions().ordered(false).bypassDocumentValidation(true), false);
    }

    /** Returns a writer of documents without sensitive fields: its errors may quote them. */
    public static BulkWriter ofShown(MongoStore store, MongoNamespace namespace) {
        return new BulkWriter(store, namespace, new BulkWriteOptions().ordered(false), true);
    }

    /** Takes a document; it is written at the latest by {@link #close}. */
    public void write(RawBsonDocument document) {
        batch.add(document);
        batchBytes += document.getByteBuffer().remaining();
        if (batch.size() >= BATCH_DOCUMENTS || batchBytes >= BATCH_BYTES) {
            flush();
        }
    }

    /** Writes what is left. */
    @Override
    public void close() {
        flush();
    }

    private void flush() {
        if (batch.isEmpty()) {
            return;
        }
        List<WriteModel<RawBsonDocument>> inserts = new ArrayList<>(batch.size());
        batch.forEach(document -> inserts.add(new InsertOneModel<>(document)));
        try {
            collection.bulkWrite(inserts, options);
        } catch (MongoBulkWriteException e) {
            replace(present(e));
        }
        batch.clear();
        batchBytes = 0;
    }

    private List<RawBsonDocument> present(MongoBulkWriteException e) {
        if (e.getWriteConcernError() != null || e.getWriteErrors().isEmpty()) {
            throw e;
        }
        List<RawBsonDocument> present = new ArrayList<>();
        for (BulkWriteError error : e.getWriteErrors()) {
            requireConflict(e, error);
            present.add(batch.get(error.getIndex()));
        }
        return present;
    }

    /** Lets through what a replacement may mend; a refusal by validator has a name, all else is the database's own. */
    private void requireConflict(MongoBulkWriteException e, BulkWriteError error) {
        if (error.getCode() == ServerError.DOCUMENT_VALIDATION_FAILURE.code()) {
            throw refused(error);
        }
        if (error.getCategory() != ErrorCategory.DUPLICATE_KEY) {
            throw e;
        }
    }

    private void replace(List<RawBsonDocument> documents) {
        List<WriteModel<RawBsonDocument>> replacements = new ArrayList<>(documents.size());
        for (RawBsonDocument document : documents) {
            replacements.add(new ReplaceOneModel<>(
                    new BsonDocument("_id", document.get("_id")), document, new ReplaceOptions().upsert(true)));
        }
        try {
            collection.bulkWrite(replacements, options);
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null || e.getWriteErrors().isEmpty()) {
                throw e;
            }
            BulkWriteError first = e.getWriteErrors().get(0);
            requireConflict(e, first);
            // A replacement that still meets a duplicate met it in another unique index than that of _id.
            throw refused(first);
        }
    }

    private ShadowConflict refused(BulkWriteError error) {
        String why = shown ? error.getMessage() : ServerText.withoutValues(error);
        return new ShadowConflict("A document cannot be written to " + namespace.getFullName() + ": " + why
                + ". The collection carries the unique indexes and the validator of live; mend the plan or the index.");
    }
}
