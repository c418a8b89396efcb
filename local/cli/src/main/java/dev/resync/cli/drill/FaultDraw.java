package dev.resync.cli.drill;

import com.mongodb.MongoNamespace;
import dev.resync.cli.drill.Fault.AfterFailure;
import dev.resync.cli.drill.Fault.Phase;
import dev.resync.cli.drill.FaultKind.Counted;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws the fault of a round. The same seed and round give the same fault, where runs count the same. */
final class FaultDraw {

    private static final int VARIANTS = 24;
    /** The real run has most to strike. */
    private static final List<Phase> PHASES = List.of(Phase.RESTORE, Phase.WAY_BACK, Phase.EXECUTE, Phase.EXECUTE);
    /** In so many rounds one of the views is missing at first, so that it is taken away on the way back. */
    private static final int ABSENT = 4;

    private final List<FaultKind> kinds;
    private final Rehearsed rehearsed;
    private final Map<Phase, Map<Counted, Integer>> counts;

    /**
     * @param kinds at least one
     * @param rehearsed what is rebuilt
     * @param counts how much there is to strike in a run to which nothing happens
     */
    FaultDraw(List<FaultKind> kinds, Rehearsed rehearsed, Map<Phase, Map<Counted, Integer>> counts) {
        this.kinds = List.copyOf(kinds);
        this.rehearsed = rehearsed;
        this.counts = Map.copyOf(counts);
    }

    /**
     * Returns a fault. Each kind has its turn.
     *
     * @param seed of the round
     */
    Fault of(long seed) {
        // The first draws of neighbouring seeds must not be alike, as those of a linear generator are.
        SplittableRandom random = new SplittableRandom(seed);
        FaultKind kind = kinds.get(Math.floorMod(seed, kinds.size()));
        Phase phase = PHASES.get(random.nextInt(PHASES.size()));
        // The run of a process is stopped by its death; between targets there is something for several only.
        boolean wayBack = kind != FaultKind.KILL_ENGINE && rehearsed.views().size() > 1;
        if (phase == Phase.WAY_BACK && !wayBack) {
            phase = Phase.EXECUTE;
        }
        int at = 1 + random.nextInt(Math.max(1, counts.get(phase).getOrDefault(kind.counted(), 1)));
        AfterFailure after = AfterFailure.values()[random.nextInt(AfterFailure.values().length)];
        int variant = random.nextInt(VARIANTS);
        List<MongoNamespace> views = rehearsed.views();
        String absent = random.nextInt(ABSENT) == 0 && rehearsed.mayBeAbsent()
                ? views.get(random.nextInt(views.size())).getCollectionName()
                : null;
        return new Fault(kind, phase, null, at, variant, after, absent);
    }
}
