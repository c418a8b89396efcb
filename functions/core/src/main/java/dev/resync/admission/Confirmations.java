package dev.resync.admission;

import dev.resync.error.ConfirmationInvalid;
import dev.resync.plan.Plan;
import dev.resync.run.Confirmation;
import dev.resync.run.Run;
import dev.resync.run.RunMode;
import dev.resync.stage.StageContext;

/** Checks that a real run echoes what a passed dry run of the same plan in this environment handed out; it counts once. */
final class Confirmations {

    private final StageContext context;

    Confirmations(StageContext context) {
        this.context = context;
    }

    /**
     * Checks a confirmation without using it up.
     *
     * @param runId id of the run that it is for; what this very run used already, in another call of its admission, counts
     * @throws ConfirmationInvalid where it is unknown, expired, used by another run, or made for another plan
     */
    void require(Request request, Plan plan, String runId) {
        Run dryRun = context.runs().find(dryRunId(request)).orElse(null);
        Confirmation confirmation = dryRun == null ? null : dryRun.confirm();
        if (confirmation == null || !confirmation.token().equals(request.confirm())) {
            throw invalid("is not one that a dry run of this environment handed out");
        }
        if (!dryRun.plan().equals(plan.name()) || !plan.hash().equals(dryRun.planHash())) {
            throw invalid("was handed out for plan " + dryRun.plan() + " with hash " + dryRun.planHash() + ", and plan "
                    + plan.name() + " has hash " + plan.hash() + " now");
        }
        if (context.clock().instant().isAfter(confirmation.expiresAt())) {
            throw invalid("expired at " + confirmation.expiresAt());
        }
        if (confirmation.usedBy() != null && !confirmation.usedBy().equals(runId)) {
            throw used(confirmation.usedBy());
        }
    }

    /**
     * Uses a confirmation for a run; again for the same run changes nothing.
     *
     * @throws ConfirmationInvalid where another run used it meanwhile
     */
    void use(Request request, Run run) {
        if (run.mode() == RunMode.EXECUTE && !context.runs().useConfirmation(dryRunId(request), run.id())) {
            throw used("another run");
        }
    }

    private static String dryRunId(Request request) {
        int dot = request.confirm().lastIndexOf('.');
        return dot < 0 ? "" : request.confirm().substring(0, dot);
    }

    private static ConfirmationInvalid used(String by) {
        return invalid("was used already, by " + by);
    }

    private static ConfirmationInvalid invalid(String why) {
        return new ConfirmationInvalid(
                "The confirmation " + why + ". Start a dry run and give what its receipt shows under confirm.");
    }
}
