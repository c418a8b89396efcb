package dev.resync.apply;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoNamespace;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import dev.resync.apply.RangeDifference.Change;
import dev.resync.error.ShadowConflict;
import dev.resync.store.MongoStore;
import dev.resync.store.ServerError;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/**
 * Writes differences into live, in batches bounded by number and bytes. Each write finds its document only while that is what
 * was read, and inserts nothing where something is; what does not fit any more is passed over, for the caller to look again.
 */
final class LiveWriter {

    private static final String INDEX_OF_ID = "_id_";
    private static final int BATCH_DOCUMENTS = 1000;
    private static final int BATCH_BYTES = 4 * 1024 * 1024;

    private final MongoNamespace live;
    private final MongoCollection<RawBsonDocument> collection;
    private final BulkWriteOptions options;
    private final Runnable beforeBatch;

    /**
     * @param copies whether what is written was live once, and so is right even where it is older than the validator
     * @param beforeBatch called before each batch is sent; may refuse it
     */
    LiveWriter(MongoStore store, MongoNamespace live, boolean copies, Runnable beforeBatch) {
        this.live = live;
        this.collection = store.raw(live);
        this.options = new BulkWriteOptions().ordered(false);
        this.beforeBatch = beforeBatch;
        if (copies) {
            options.bypassDocumentValidation(true);
        }
    }

    /**
     * Writes.
     *
     * @throws ShadowConflict where live's validator refuses a document
     */
    void write(List<Change> changes) {
        List<WriteModel<RawBsonDocument>> batch = new ArrayList<>();
        long bytes = 0;
        for (Change change : changes) {
            batch.add(model(change));
            bytes += size(change.live()) * 2 + size(change.wanted());
            if (batch.size() >= BATCH_DOCUMENTS || bytes >= BATCH_BYTES) {
                send(batch);
                batch.clear();
                bytes = 0;
            }
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    private static WriteModel<RawBsonDocument> model(Change change) {
        if (change.live() == null) {
            return new InsertOneModel<>(change.wanted());
        }
        return change.wanted() == null
                ? new DeleteOneModel<>(ExpectedDocument.query(change.live()))
                : new ReplaceOneModel<>(ExpectedDocument.query(change.live()), change.wanted());
    }

    private void send(List<WriteModel<RawBsonDocument>> batch) {
        beforeBatch.run();
        try {
            collection.bulkWrite(batch, options);
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null || e.getWriteErrors().isEmpty()) {
                throw e;
            }
            for (BulkWriteError error : e.getWriteErrors()) {
                // Inserted by another attempt, or by somebody else: the next look tells.
                boolean there = error.getCategory() == ErrorCategory.DUPLICATE_KEY
                        && error.getMessage().contains(INDEX_OF_ID);
                if (!there) {
                    throw refused(e, error);
                }
            }
        }
    }

    private RuntimeException refused(MongoBulkWriteException e, BulkWriteError error) {
        if (error.getCode() == ServerError.DOCUMENT_VALIDATION_FAILURE.code()) {
            return new ShadowConflict("A document cannot be written to live " + live.getFullName()
                    + ": its validator refuses it. Mend the plan or the validator; what was written is taken back.");
        }
        return error.getCategory() == ErrorCategory.DUPLICATE_KEY
                ? new ShadowConflict(
                        "A document cannot be written to live " + live.getFullName()
                                + ": it has got a unique index since it was looked at. Drop the index, or let the plan say apply: swap.")
                : e;
    }

    private static long size(RawBsonDocument document) {
        return document == null ? 0 : document.getByteBuffer().remaining();
    }
}
