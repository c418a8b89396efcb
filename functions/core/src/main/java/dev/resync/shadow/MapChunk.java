package dev.resync.shadow;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.mapping.BundleMapper;
import dev.resync.mapping.MappingProblem;
import dev.resync.plan.Plan;
import dev.resync.run.Run;
import dev.resync.stage.ChunkAnswer;
import dev.resync.stage.ChunkInput;
import dev.resync.stage.ChunkWork;
import dev.resync.stage.RunPlans;
import dev.resync.stage.Stage;
import dev.resync.stage.StageContext;
import dev.resync.sync.Fragment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Merges the fragments of one range of transformed keys to bundles and maps each to a document of every target. */
public final class MapChunk implements Stage<ChunkInput, ChunkAnswer> {

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
    public ChunkAnswer run(ChunkInput input) {
        return chunkWork.run(input, this::map);
    }

    private ChunkResult map(Run run, Chunk chunk) {
        Plan plan = plans.of(run);
        BundleMapper mapper = new BundleMapper(plan, run.startedAt());
        PreservedFields preserved = new PreservedFields(context, run, plan, chunk.keys());
        try (ShadowWriter writer = new ShadowWriter(context.store(), run, mapper, preserved)) {
            BsonValue key = null;
            Map<String, List<BsonDocument>> bundle = new LinkedHashMap<>();
            List<MappingProblem> tooLarge = new ArrayList<>();
            for (RawBsonDocument fragment : context.store()
                    .find(
                            run.sealedAs(ShadowWriter.staging(run)).where(),
                            chunk.keys().filter(KEY))
                    .sort(new BsonDocument(KEY, new BsonInt32(1)))) {
                BsonValue next = Fragment.keyOf(fragment);
                if (key != null && !key.equals(next)) {
                    writer.write(key, bundle, tooLarge);
                    bundle = new LinkedHashMap<>();
                    tooLarge = new ArrayList<>();
                }
                key = next;
                Fragment.addTo(bundle, fragment);
                Fragment.forEachTooLarge(fragment, tooLarge(tooLarge));
            }
            if (key != null) {
                writer.write(key, bundle, tooLarge);
            }
            return writer.finish();
        }
    }

    private static ObjIntConsumer<String> tooLarge(List<MappingProblem> problems) {
        return (source, bytes) ->
                problems.add(new MappingProblem(ShadowWriter.TOO_LARGE, source, null, bytes + " bytes", null));
    }
}
