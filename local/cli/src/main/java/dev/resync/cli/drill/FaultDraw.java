package dev.resync.cli.drill;

import dev.resync.cli.drill.Fault.AfterFailure;
import dev.resync.cli.drill.Fault.Phase;
import dev.resync.cli.drill.FaultKind.Counted;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws the fault of a round. The same seed and round give the same fault, where runs count the same. */
final class FaultDraw {

    private static final int VARIANTS = 24;
    /** One in so many strikes the restore; the real run has more to strike. */
    private static final int RESTORES = 3;

    private final List<FaultKind> kinds;
    private final Map<Phase, Map<Counted, Integer>> counts;

    /**
     * @param kinds at least one
     * @param counts how much there is to strike in a run to which nothing happens
     */
    FaultDraw(List<FaultKind> kinds, Map<Phase, Map<Counted, Integer>> counts) {
        this.kinds = List.copyOf(kinds);
        this.counts = Map.copyOf(counts);
    }

    /**
     * Returns a fault. Each kind has its turn.
     *
     * @param seed of the round
     */
    Fault of(long seed) {
        Random random = new Random(seed);
        FaultKind kind = kinds.get(Math.floorMod(seed, kinds.size()));
        Phase phase = random.nextInt(RESTORES) == 0 ? Phase.RESTORE : Phase.EXECUTE;
        int at = 1 + random.nextInt(Math.max(1, counts.get(phase).getOrDefault(kind.counted(), 1)));
        AfterFailure after = AfterFailure.values()[random.nextInt(AfterFailure.values().length)];
        return new Fault(kind, phase, null, at, random.nextInt(VARIANTS), after);
    }
}
