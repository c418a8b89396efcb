package dev.resync.admin;

import dev.resync.error.RunUnknown;
import dev.resync.run.AuditTrail;
import dev.resync.run.AuditTrail.Entry;
import dev.resync.stage.StageContext;
import java.util.Optional;

/** Says of a run that was asked for and is not there why it is not. */
final class Awaited {

    private static final String EXECUTION = "execution ";

    private final AuditTrail audit;

    Awaited(StageContext context) {
        this.audit = context.audit();
    }

    /** Returns the error for a run that nobody finds. */
    RuntimeException of(String runId) {
        Optional<Entry> asked = audit.latest(runId, "ASKED", 1).stream().findFirst();
        if (asked.isEmpty()) {
            return new RunUnknown("No run has the id " + runId + ". List the runs to see their ids.");
        }
        String execution = asked.get().detail().replaceFirst("^" + EXECUTION, "");
        Optional<Entry> other = audit.from(execution, "ALREADY_STARTED");
        if (other.isPresent()) {
            return new RunUnknown("Run " + runId + " is not there: another execution has run "
                    + other.get().run() + " for the same request under the same key. Look at that one.");
        }
        return audit.from(execution, "REFUSED")
                .<RuntimeException>map(refused -> new StartNotAdmitted(refused.detail()))
                .orElseGet(() -> new RunUnknown(
                        "Run " + runId + " was asked for at " + asked.get().at() + " and is not admitted yet by its "
                                + EXECUTION + execution + ". Ask again in a moment."));
    }
}
