package dev.resync.cli.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.retention.ListedSnapshot;
import dev.resync.run.QuarantineEntry.Problem;
import dev.resync.run.QuarantineTally.Count;
import dev.resync.run.RunSummary;
import dev.resync.verify.DifferenceReport;
import java.util.List;

/** What there is on record of runs, wherever that is kept. Looking changes nothing. */
public interface RunRecords extends AutoCloseable {

    /**
     * Returns runs, newest first.
     *
     * @param limit at most so many, 1 or more
     */
    List<RunSummary> runs(int limit);

    /** Returns a run, with its receipt where it has one; raises {@link dev.resync.error.RunUnknown} where there is none. */
    Outcome run(String runId);

    /** Returns all that is known of a run: stages, pace, gates, what can be done next; as the admin API answers it. */
    JsonNode status(String runId);

    /** Returns snapshots, newest first, and last those whose manifest cannot be read. */
    List<ListedSnapshot> snapshots();

    /**
     * Returns how the new view of a run differed from live.
     *
     * @param target name of the only target to tell of; null for all
     * @param field the only field to tell of, with those below it; null for all
     * @throws dev.resync.error.RequestInvalid where there is no report, or no such target in it
     */
    DifferenceReport differences(String runId, String target, String field);

    /**
     * Tells of the bundles that a run could not map, lowest key first.
     *
     * @param reason the only reason to tell of; null for all
     * @param source name of the only source to tell of; null for all
     * @param limit at most so many bundles, 0 for the counts alone
     * @param bundles told of each
     * @return what was counted, whatever the limit
     * @throws dev.resync.error.RequestInvalid where nothing in quarantine has that reason or source
     */
    QuarantineCounts quarantine(String runId, String reason, String source, int limit, Bundles bundles);

    /** Is told of quarantined bundles. */
    interface Bundles {

        /** Is told of one, with those of its problems that were asked for. */
        void bundle(JsonNode key, List<Problem> problems);
    }

    /**
     * What was counted in quarantine.
     *
     * @param count bundles with a problem that was asked for
     * @param counts the same by reason and field; a bundle counts under each of its problems
     * @param complete whether all bundles were told of
     * @param why why not; null where they were
     */
    record QuarantineCounts(long count, List<Count> counts, boolean complete, String why) {}

    @Override
    void close();
}
