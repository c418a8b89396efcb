package dev.resync.verify;

import dev.resync.hash.ContentHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the gates said of a run's new view.
 *
 * @param at when it was made, or renewed right before cut-over
 * @param epoch epoch whose chunks it was made of
 * @param passed whether every gate passed
 * @param renewed whether drift and expiry were checked right before cut-over
 * @param shadows content of the sealed shadows that it speaks of, by target
 * @param gates every gate's result
 * @param targets difference between live and new view, by target
 * @param differences id of its report in the {@code differences} collection; where a run goes back, of the report of the view
 *     that it takes back; null for a restore
 */
public record Verdict(
        Instant at,
        long epoch,
        boolean passed,
        boolean renewed,
        Map<String, ContentHash> shadows,
        List<GateResult> gates,
        List<TargetComparison> targets,
        String differences) {

    public Verdict {
        shadows = Map.copyOf(shadows);
        gates = List.copyOf(gates);
        targets = List.copyOf(targets);
    }

    /** Returns the verdict that a further gate makes of this one by refusing. */
    public Verdict refusedBy(GateResult gate, Instant now) {
        List<GateResult> all = new ArrayList<>(gates);
        all.add(gate);
        return new Verdict(now, epoch, false, false, Map.of(), all, targets, differences);
    }
}
