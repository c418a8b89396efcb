package dev.resync.seal;

import com.mongodb.MongoNamespace;
import dev.resync.error.SealMismatch;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.run.Sealed;
import dev.resync.store.BulkWriter;
import dev.resync.store.CollectionShape;
import dev.resync.store.MongoStore;
import org.bson.RawBsonDocument;

/**
 * A sealed collection made anew under another sealed name, with some documents changed. The old one is never written to, so that
 * a call that dies or comes late leaves nothing half done. Not safe for use by several threads at once.
 */
public final class RemadeCollection implements AutoCloseable {

    private final MongoStore store;
    private final Sealed before;
    private final MongoNamespace remade;
    private final HashSum read = new HashSum();
    private final HashSum written = new HashSum();
    private final BulkWriter writer;

    /**
     * @param before the sealed collection
     * @param remade a name that no other call knows
     * @param writer writes to that name
     */
    public RemadeCollection(MongoStore store, Sealed before, MongoNamespace remade, BulkWriter writer) {
        this.store = store;
        this.before = before;
        this.remade = remade;
        this.writer = writer;
    }

    /** Creates it with the options and the lasting indexes of the sealed one. */
    public void create() {
        CollectionShape shape = store.shape(before.where())
                .orElseThrow(() -> new SealMismatch("The sealed collection " + before.namespace()
                        + " is gone. Find out who removed it, then start a new run."));
        store.create(remade, shape.options());
        store.createIndexes(remade, shape.lastingIndexes());
    }

    /** Counts a document of the sealed collection, each of which must be told of once. */
    public void read(RawBsonDocument document) {
        read.add(document);
    }

    /** Takes a document of the new one. */
    public void write(RawBsonDocument document) {
        written.add(document);
        writer.write(document);
    }

    /**
     * Writes what is left and reads all of it back.
     *
     * @throws SealMismatch where the old one was not what was sealed, or the new one is not what was written
     */
    public Sealed prove() {
        close();
        ContentHash content = HashSum.of(store.scan(remade));
        if (!read.toContentHash().equals(before.content()) || !content.equals(written.toContentHash())) {
            throw new SealMismatch("The sealed collection " + before.namespace() + " holds "
                    + read.toContentHash().documents() + " documents, sealed were "
                    + before.content().documents() + "; what was made of it holds " + content.documents()
                    + ", or others than were written. Start a new run.");
        }
        return new Sealed(remade.getFullName(), content);
    }

    @Override
    public void close() {
        writer.close();
    }
}
