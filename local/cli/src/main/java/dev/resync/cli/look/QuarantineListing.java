package dev.resync.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.run.QuarantineCompleteness;
import dev.resync.run.QuarantineEntry.Problem;
import dev.resync.run.QuarantineTally;
import java.util.List;

/** Puts quarantined bundles out, one after the other. */
interface QuarantineListing {

    /** Puts out a bundle. */
    void bundle(JsonNode key, List<Problem> problems);

    /** Puts out what was counted. */
    void end(QuarantineTally tally, QuarantineCompleteness completeness);
}
