package dev.resync.bench.contender;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import dev.resync.bench.link.Link;
import dev.resync.bench.measure.Recorder;
import dev.resync.plan.TargetPlan;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/** The limit of writing: the target documents, which are at hand as bytes, inserted in batches. */
public final class LimitWrite implements Contender {

    public static final String NAME = "limit-write";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Ground ground, Link link, Recorder recorder) {
        ground.clean(ground::own, true);
        List<Runnable> batches = new ArrayList<>();
        for (TargetPlan target : ground.plan().targets()) {
            MongoCollection<RawBsonDocument> collection = link.store().raw(ground.own(target));
            List<RawBsonDocument> documents = ground.wanted().documents().get(target.name());
            for (int from = 0; from < documents.size(); from += Ground.BATCH) {
                List<RawBsonDocument> batch = documents.subList(from, Math.min(documents.size(), from + Ground.BATCH));
                batches.add(() -> collection.insertMany(batch, new InsertManyOptions().ordered(false)));
            }
        }
        try (Parallel parallel = new Parallel(ground.concurrency())) {
            recorder.measure(NAME, () -> parallel.run(batches));
        }
        ground.require(NAME, ground::own, ground.wanted().hashes());
        ground.clean(ground::own, false);
    }
}
