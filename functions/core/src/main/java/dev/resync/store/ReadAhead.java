package dev.resync.store;

import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoIterable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.bson.RawBsonDocument;

/**
 * A query whose next batch is fetched while the one at hand is worked on; the driver asks for it only when it is needed. One
 * batch is ahead at most. Somebody who stops reading before the end closes the iterator, which is {@link AutoCloseable}, as they
 * would close the driver's cursor.
 *
 * @param query to be run by each iterator anew
 * @param reader runs what waits for the server; should not queue
 */
record ReadAhead(MongoIterable<RawBsonDocument> query, Executor reader) implements Iterable<RawBsonDocument> {

    /** Runs the query; its first batch is there when this returns. */
    @Override
    public Iterator<RawBsonDocument> iterator() {
        return new Batches(query.iterator());
    }

    /** Reads to the end, or until the consumer raises something; gives the cursor back either way. */
    @Override
    public void forEach(Consumer<? super RawBsonDocument> documents) {
        try (Batches batches = new Batches(query.iterator())) {
            batches.forEachRemaining(documents);
        }
    }

    private final class Batches implements Iterator<RawBsonDocument>, AutoCloseable {

        /** Used by one thread at a time: by the reader while {@link #ahead} is not done, else by the caller's. */
        private final MongoCursor<RawBsonDocument> cursor;

        private Iterator<RawBsonDocument> current;
        private CompletableFuture<List<RawBsonDocument>> ahead;

        Batches(MongoCursor<RawBsonDocument> cursor) {
            this.cursor = cursor;
            begin(batch());
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext() && ahead != null) {
                begin(fetched());
            }
            return current.hasNext();
        }

        @Override
        public RawBsonDocument next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current.next();
        }

        /** Gives the cursor back, once a batch that is being fetched is there. */
        @Override
        public void close() {
            if (ahead == null) {
                cursor.close();
            } else {
                ahead.whenComplete((batch, error) -> cursor.close());
            }
        }

        private void begin(List<RawBsonDocument> batch) {
            current = batch.iterator();
            // Without a cursor on the server there is no more.
            ahead = cursor.getServerCursor() == null ? null : CompletableFuture.supplyAsync(this::batch, reader);
        }

        private List<RawBsonDocument> batch() {
            if (!cursor.hasNext()) {
                return Collections.emptyList();
            }
            int size = cursor.available();
            List<RawBsonDocument> batch = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                batch.add(cursor.next());
            }
            return batch;
        }

        /** Raises what the driver raised, and gives the cursor back then. */
        private List<RawBsonDocument> fetched() {
            try {
                return ahead.get();
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
                throw new MongoInterruptedException("interrupted while a query's next batch was read", e);
            } catch (ExecutionException e) {
                close();
                if (e.getCause() instanceof Error failed) {
                    throw failed;
                }
                // All else that reading a batch can raise.
                throw (RuntimeException) e.getCause();
            }
        }
    }
}
