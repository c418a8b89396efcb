package dev.resync.shadow;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.mapping.BundleMapper;
import dev.resync.pace.Pace;
import dev.resync.plan.Plan;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.stage.ChunkAnswer;
import dev.resync.stage.ChunkInput;
import dev.resync.stage.ChunkWork;
import dev.resync.stage.Deadline;
import dev.resync.stage.RunPlans;
import dev.resync.stage.StageContext;
import dev.resync.stage.TimedStage;
import dev.resync.sync.StagedBundle;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** Merges the fragments of one range of transformed keys to bundles and maps each to a document of every target. */
public final class MapChunk implements TimedStage<ChunkInput, ChunkAnswer> {

    private static final String KEY = "key";

    private final StageContext context;
    private final ChunkWork chunkWork;
    private final RunPlans plans;

    public MapChunk(StageContext context) {
        this.context = context;
        this.chunkWork = new ChunkWork(context, ChunkStage.MAP);
        this.plans = new RunPlans(context);
    }

    @Override
    public String name() {
        return ChunkStage.MAP.function();
    }

    @Override
    public Class<ChunkInput> input() {
        return ChunkInput.class;
    }

    @Override
    public ChunkAnswer run(ChunkInput input, Deadline deadline) {
        return chunkWork.run(input, deadline, this::map);
    }

    private ChunkResult map(Run run, Chunk chunk, Pace pace) {
        Plan plan = plans.of(run);
        BundleMapper mapper = new BundleMapper(plan, run.startedAt());
        PreservedFields preserved = PreservedFields.of(context, run, plan, chunk.keys());
        MongoNamespace staging =
                run.sealedAs(RunCollection.of(run, CollectionKind.STAGING)).where();
        try (ShadowWriter writer = new ShadowWriter(context.store(), run, mapper, preserved)) {
            StagedBundle.forEach(
                    context.store()
                            .findSorted(staging, chunk.keys().filter(KEY), new BsonDocument(KEY, new BsonInt32(1))),
                    bundle -> {
                        writer.write(bundle);
                        pace.take(1);
                    });
            return writer.finish();
        }
    }
}
