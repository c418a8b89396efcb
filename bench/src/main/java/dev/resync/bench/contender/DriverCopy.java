package dev.resync.bench.contender;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import dev.resync.bench.link.Link;
import dev.resync.bench.measure.Recorder;
import dev.resync.plan.TargetPlan;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.bson.RawBsonDocument;

/**
 * A plain copy of the live views through the client, in the place of dump and restore: one cursor a view, its batches written by
 * as many threads as a run has functions. Nothing is hashed, nothing is read back.
 */
public final class DriverCopy implements Contender {

    public static final String NAME = "driver-copy";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Ground ground, Link link, Recorder recorder) {
        ground.clean(ground::copy, false);
        ExecutorService writers = Executors.newFixedThreadPool(ground.concurrency());
        try {
            recorder.measure(NAME, () -> {
                for (TargetPlan target : ground.plan().targets()) {
                    copy(link, target.namespace(), ground.copy(target), writers, ground.concurrency());
                }
            });
        } finally {
            writers.shutdownNow();
        }
        ground.require(NAME, ground::copy, ground.before());
        ground.clean(ground::copy, false);
    }

    private static void copy(
            Link link, MongoNamespace from, MongoNamespace to, ExecutorService writers, int concurrency) {
        MongoCollection<RawBsonDocument> copy = link.store().raw(to);
        // So that batches that wait to be written do not fill the memory.
        Semaphore room = new Semaphore(2 * concurrency);
        List<Future<?>> written = new ArrayList<>();
        List<RawBsonDocument> batch = new ArrayList<>(Ground.BATCH);
        for (RawBsonDocument document : link.store().raw(from).find().batchSize(MongoStore.BATCH)) {
            batch.add(document);
            if (batch.size() == Ground.BATCH) {
                written.add(write(copy, List.copyOf(batch), writers, room));
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            written.add(write(copy, batch, writers, room));
        }
        written.forEach(DriverCopy::await);
    }

    private static Future<?> write(
            MongoCollection<RawBsonDocument> copy,
            List<RawBsonDocument> batch,
            ExecutorService writers,
            Semaphore room) {
        room.acquireUninterruptibly();
        return writers.submit(() -> {
            try {
                copy.insertMany(batch, new InsertManyOptions().ordered(false));
            } finally {
                room.release();
            }
        });
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a batch of the copy could not be written", e.getCause());
        }
    }
}
