package dev.resync.bench.contender;

import com.mongodb.MongoNamespace;
import dev.resync.bench.link.Link;
import dev.resync.bench.measure.Recorder;
import dev.resync.plan.SourcePlan;
import dev.resync.store.MongoStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.RawBsonDocument;

/** The limit of reading: all sources as bytes, a cursor each, looked at by nobody. */
public final class LimitRead implements Contender {

    public static final String NAME = "limit-read";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Ground ground, Link link, Recorder recorder) {
        AtomicLong bytes = new AtomicLong();
        List<Runnable> reads = ground.plan().sources().stream()
                .map(SourcePlan::namespace)
                .<Runnable>map(source -> () -> bytes.addAndGet(read(link, source)))
                .toList();
        try (Parallel parallel = new Parallel(ground.concurrency())) {
            recorder.measure(NAME, () -> parallel.run(reads));
        }
        if (bytes.get() == 0) {
            throw new IllegalStateException("the sources are empty");
        }
    }

    private static long read(Link link, MongoNamespace source) {
        long bytes = 0;
        for (RawBsonDocument document : link.store().raw(source).find().batchSize(MongoStore.BATCH)) {
            bytes += document.getByteBuffer().remaining();
        }
        return bytes;
    }
}
