package dev.resync.admin;

import dev.resync.run.Quarantine;
import dev.resync.run.QuarantineCompleteness;
import dev.resync.run.QuarantineEntry;
import dev.resync.run.QuarantineTally;
import dev.resync.run.QuarantineTally.Count;
import dev.resync.run.Run;
import dev.resync.stage.StageContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Some of the bundles that a run could not map, and the counts of all.
 *
 * @param runId id of the run
 * @param bundles in the order of their keys, with the problems that were asked for
 * @param count bundles with a problem that was asked for
 * @param counts those by reason and field
 * @param complete whether all bundles were counted
 * @param why why not; null where they were
 * @param next number of bundles to give as {@code after} for the next ones; null where there are no more
 */
public record QuarantinePage(
        String runId,
        List<QuarantineEntry> bundles,
        long count,
        List<Count> counts,
        boolean complete,
        String why,
        Long next) {

    /**
     * Reads it.
     *
     * @param reason reason asked for; null for any
     * @param source name of the source asked for; null for any
     * @param after how many bundles to pass over, 0 or more
     * @param limit how many to tell of at most
     */
    static QuarantinePage of(StageContext context, Run run, String reason, String source, int after, int limit) {
        QuarantineTally tally = new QuarantineTally(reason, source);
        List<QuarantineEntry> bundles = new ArrayList<>();
        new Quarantine(context.store()).forEach(run, bundle -> {
            List<QuarantineEntry.Problem> problems = tally.count(bundle);
            if (!problems.isEmpty() && tally.bundles() > after && bundles.size() < limit) {
                bundles.add(new QuarantineEntry(bundle.key(), problems));
            }
        });
        tally.requireMatch();
        QuarantineCompleteness completeness =
                QuarantineCompleteness.of(run, context.runs().require(run.id()), tally);
        long told = after + bundles.size();
        return new QuarantinePage(
                run.id(),
                bundles,
                tally.bundles(),
                tally.counts(),
                completeness.complete(),
                completeness.why(),
                !bundles.isEmpty() && told < tally.bundles() ? told : null);
    }
}
