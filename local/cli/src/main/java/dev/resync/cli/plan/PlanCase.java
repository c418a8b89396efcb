package dev.resync.cli.plan;

import dev.resync.chunk.SourceAccount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * One case of a plan: documents, and what must come of them.
 *
 * @param title what it shows; empty where it says nothing
 * @param runStart start of the run
 * @param sources documents by source; at least one source
 * @param live documents that live holds, by target; empty where the case says nothing of it
 * @param expected what must come of them
 */
record PlanCase(
        String title,
        Instant runStart,
        Map<String, List<BsonDocument>> sources,
        Map<String, List<BsonDocument>> live,
        Expected expected) {

    /**
     * What must come of the documents of a case. What has no expectation must not happen.
     *
     * @param targets documents by target, in any order
     * @param quarantine bundles in quarantine, in any order; null where the case says nothing of any
     * @param accounts accounts by source; null where the case says nothing of any
     * @param unmapped fields by source, ascending; null where the case does not ask
     */
    record Expected(
            Map<String, List<BsonDocument>> targets,
            List<ExpectedBundle> quarantine,
            Map<String, SourceAccount> accounts,
            Map<String, List<String>> unmapped) {}

    /**
     * A bundle that must be in quarantine.
     *
     * @param key the plan's key
     * @param problems every problem that must be told, in any order; at least one
     */
    record ExpectedBundle(BsonValue key, List<ExpectedProblem> problems) {}

    /**
     * One problem of a bundle.
     *
     * @param reason stable code
     * @param source name of the source; null for none
     * @param field path in the source; null for none
     * @param value text of the offending value; null where it does not matter
     * @param target id of the rule; null for none
     */
    record ExpectedProblem(String reason, String source, String field, String value, String target) {}
}
