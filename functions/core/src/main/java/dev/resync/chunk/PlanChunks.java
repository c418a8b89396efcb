package dev.resync.chunk;

import com.mongodb.MongoNamespace;
import dev.resync.plan.Plan;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunMode;
import dev.resync.run.RunTarget;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.OpenCollections;
import dev.resync.stage.RunInput;
import dev.resync.stage.RunPlans;
import dev.resync.stage.Stage;
import dev.resync.stage.StageContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Cuts the key spaces once, records the chunks, and creates the open collections. */
public final class PlanChunks implements Stage<RunInput, PlanChunks.Answer> {

    private final StageContext context;
    private final RunPlans plans;
    private final ChunkPlanner planner;
    private final ChunkPlanStore planStore;
    private final OpenCollections open;

    public PlanChunks(StageContext context) {
        this.context = context;
        this.plans = new RunPlans(context);
        this.planner = new ChunkPlanner(context.store());
        this.planStore = new ChunkPlanStore(context.store());
        this.open = new OpenCollections(context);
    }

    /**
     * Answer of this stage: the number of chunks of each stage that follows, 0 or more.
     *
     * @param snapshot chunks of live to copy
     * @param sync chunks of the sources to read
     * @param map chunks of the staging to map
     * @param restore chunks of a snapshot to bring back
     */
    public record Answer(int snapshot, int sync, int map, int restore) {}

    @Override
    public String name() {
        return "plan-chunks";
    }

    @Override
    public Class<RunInput> input() {
        return RunInput.class;
    }

    @Override
    public Answer run(RunInput input) {
        Run run = context.runs().enter(input.runId(), input.epoch());
        if (run.mode() == RunMode.RESTORE_DRY_RUN) {
            throw new IllegalStateException("run " + run.id() + " is a " + run.mode() + " and copies nothing");
        }
        boolean restoring = run.restoring();
        boolean resumed = !restoring && run.stagingEpoch() > 0 && run.stagingEpoch() < run.epoch();
        ChunkPlan chunkPlan;
        if (restoring) {
            chunkPlan = planRestore(run);
        } else if (resumed) {
            chunkPlan = planStore.require(run.id(), run.stagingEpoch());
            createShadows(run);
        } else {
            chunkPlan = planRun(run);
        }
        Map<ChunkStage, Integer> counts = record(run, chunkPlan, resumed);
        return new Answer(
                counts.getOrDefault(ChunkStage.SNAPSHOT, 0),
                counts.getOrDefault(ChunkStage.SYNC, 0),
                counts.getOrDefault(ChunkStage.MAP, 0),
                counts.getOrDefault(ChunkStage.RESTORE, 0));
    }

    private ChunkPlan planRun(Run run) {
        Plan plan = plans.of(run);
        ChunkPlan chunkPlan = planned(run, () -> planner.forRun(run, plan));
        createSnapshots(run);
        open.create(run, RunCollection.of(run, CollectionKind.STAGING), run.openGeneration(ChunkStage.SYNC));
        createShadows(run);
        return chunkPlan;
    }

    private ChunkPlan planRestore(Run run) {
        List<String> wanted =
                run.targetsToReplace().stream().map(RunTarget::name).toList();
        Snapshot snapshot =
                context.snapshots().requireProven(run.restoreFrom(), target -> wanted.contains(target.name()));
        Map<RunTarget, MongoNamespace> copies = new LinkedHashMap<>();
        for (RunTarget target : run.targetsToBuild()) {
            SnapshotTarget copy = snapshot.target(target.name());
            copies.put(target, copy.where());
            RunCollection shadow = RunCollection.of(run, CollectionKind.SHADOW, target);
            open.create(run, shadow, run.openGeneration(ChunkStage.RESTORE));
        }
        ChunkPlan chunkPlan = planned(run, () -> planner.forRestore(run, copies));
        createSnapshots(run);
        return chunkPlan;
    }

    private ChunkPlan planned(Run run, Supplier<ChunkPlan> plan) {
        return planStore.find(ChunkPlan.id(run.id(), run.epoch())).orElseGet(() -> planStore.record(plan.get()));
    }

    private void createSnapshots(Run run) {
        for (RunTarget target : run.targetsToReplace()) {
            if (context.store().exists(target.live())) {
                RunCollection snapshot = RunCollection.of(run, CollectionKind.SNAPSHOT, target);
                open.create(run, snapshot, run.openGeneration(ChunkStage.SNAPSHOT));
            }
        }
    }

    private void createShadows(Run run) {
        int generation = run.openGeneration(ChunkStage.MAP);
        for (RunTarget target : run.targets()) {
            open.create(run, RunCollection.of(run, CollectionKind.SHADOW, target), generation);
        }
        open.create(run, RunCollection.of(run, CollectionKind.QUARANTINE), generation);
    }

    private Map<ChunkStage, Integer> record(Run run, ChunkPlan chunkPlan, boolean mapOnly) {
        Map<ChunkStage, Integer> counts = new HashMap<>();
        List<Chunk> chunks = new ArrayList<>();
        for (ChunkPlan.Cover cover : chunkPlan.covers()) {
            if (mapOnly && cover.stage() != ChunkStage.MAP) {
                continue;
            }
            for (KeyRange range : cover.ranges()) {
                // Transformed keys are all of one type, so nothing can be in the complement.
                if (cover.stage() != ChunkStage.MAP || !range.complement()) {
                    int index = counts.merge(cover.stage(), 1, Integer::sum) - 1;
                    chunks.add(Chunk.planned(run.id(), run.epoch(), cover.stage(), index, cover.target(), range));
                }
            }
        }
        context.chunks().plan(chunks);
        return counts;
    }
}
