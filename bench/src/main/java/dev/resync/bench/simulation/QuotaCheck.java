package dev.resync.bench.simulation;

import dev.resync.engine.ExecutionStatus;
import dev.resync.estimate.ExecutionShape;
import dev.resync.estimate.Quotas;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One thing that must hold of a simulated execution.
 *
 * @param quota what it is
 * @param limit what is allowed, or expected
 * @param value what was counted
 * @param kept whether it holds
 */
public record QuotaCheck(String quota, String limit, String value, boolean kept) {

    /** Looks at all that was counted of one execution. */
    static List<QuotaCheck> of(Counted counted, int concurrency) {
        List<QuotaCheck> checks = new ArrayList<>();
        checks.add(equal("end of the execution", ExecutionStatus.SUCCEEDED.name(), counted.status()));
        checks.add(most("events of a history", Quotas.HISTORY_EVENTS, longestHistory(counted)));
        checks.add(
                most("bytes of a payload (" + counted.payload() + ")", Quotas.PAYLOAD_BYTES, counted.payloadBytes()));
        checks.add(most("items of a map", Quotas.MAP_CHILDREN, counted.mostItems()));
        checks.add(most("children of a map at once", Quotas.MAP_CHILDREN, counted.childrenAtOnce()));
        checks.add(most("open executions", Quotas.OPEN_EXECUTIONS, counted.childrenAtOnce() + 1));
        checks.add(most("functions at once", Quotas.LAMBDA_CONCURRENCY, counted.functionsAtOnce()));
        // More would be a cap that does not hold, fewer a run that is slower than it was asked to be.
        long reached = Math.min(concurrency, counted.mostItems());
        checks.add(equal("functions at once as asked for", text(reached), text(counted.functionsAtOnce())));
        ExecutionShape estimated = counted.estimatedWithRetries();
        if (estimated != null) {
            checks.add(equal("as estimate says", text(estimated), text(counted.shape())));
        }
        return checks;
    }

    private static long longestHistory(Counted counted) {
        return Math.max(counted.historyEvents(), counted.childHistoryEvents());
    }

    private static QuotaCheck most(String quota, long limit, long value) {
        return new QuotaCheck(quota, text(limit), text(value), value <= limit);
    }

    private static QuotaCheck equal(String what, String expected, String found) {
        return new QuotaCheck(what, expected, found, expected.equals(found));
    }

    private static String text(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String text(ExecutionShape shape) {
        return String.format(
                Locale.ROOT,
                "%,d executions, %,d transitions, %,d calls, %,d and %,d events",
                shape.executions(),
                shape.transitions(),
                shape.calls(),
                shape.historyEvents(),
                shape.childHistoryEvents());
    }
}
