package dev.resync.seal;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkLocator;
import dev.resync.chunk.ChunkStage;
import dev.resync.pace.RunWatch;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.stage.Deadline;
import dev.resync.stage.RunInput;
import dev.resync.stage.StageContext;
import dev.resync.stage.TimedStage;
import dev.resync.verify.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.bson.RawBsonDocument;

/** Proves and seals the shadows (and the quarantine), after every source document is accounted for. */
public final class SealShadow implements TimedStage<RunInput, SealAnswer> {

    private final StageContext context;
    private final Seal seal;

    public SealShadow(StageContext context) {
        this.context = context;
        this.seal = new Seal(context);
    }

    @Override
    public String name() {
        return "seal-shadow";
    }

    @Override
    public Class<RunInput> input() {
        return RunInput.class;
    }

    @Override
    public SealAnswer run(RunInput input, Deadline deadline) {
        RunWatch watch = new RunWatch(context, deadline, context.runs().enter(input.runId(), input.epoch()));
        Run run = watch.awaitRelease();
        boolean restoring = run.restoring();
        ChunkStage stage = restoring ? ChunkStage.RESTORE : ChunkStage.MAP;
        if (seal.awaits(run, stage)) {
            return new SealAnswer(false);
        }
        // A restore that does nothing but drop has no chunks.
        List<Chunk> chunks =
                run.targetsToBuild().isEmpty() ? List.of() : context.chunks().allDone(run.id(), run.epoch(), stage);
        if (!restoring) {
            Accounts.balanced(
                    run.id(), context.chunks().allDone(run.id(), run.stagingEpoch(), ChunkStage.SYNC), chunks);
        }
        Optional<Run> sealed = seal.seal(run, stage, chunks, parts(run, restoring, chunks), watch);
        if (sealed.isEmpty()) {
            return new SealAnswer(false);
        }
        if (!chunks.isEmpty()) {
            context.runs().stageDone(run, StageTimes.of(stage, chunks));
        }
        return new SealAnswer(true);
    }

    private List<SealPart> parts(Run run, boolean restoring, List<Chunk> chunks) {
        List<SealPart> parts = new ArrayList<>();
        for (RunTarget target : run.targetsToBuild()) {
            List<Chunk> cover = restoring
                    ? chunks.stream()
                            .filter(chunk -> chunk.target() == target.index())
                            .toList()
                    : chunks;
            parts.add(SealPart.made(RunCollection.of(run, CollectionKind.SHADOW, target), byId(cover)));
        }
        if (!restoring) {
            parts.add(SealPart.made(RunCollection.of(run, CollectionKind.QUARANTINE), byId(chunks)));
        }
        return parts;
    }

    private static ToIntFunction<RawBsonDocument> byId(List<Chunk> cover) {
        if (cover.isEmpty()) {
            return document -> SealPart.NOBODY;
        }
        ChunkLocator locator = new ChunkLocator(cover);
        return document -> {
            Chunk chunk = locator.locate(document.get("_id"));
            return chunk == null ? SealPart.NOBODY : chunk.index();
        };
    }
}
