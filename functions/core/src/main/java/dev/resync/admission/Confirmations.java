package dev.resync.admission;

import dev.resync.environment.ConfirmationRule;
import dev.resync.environment.DryRunRule;
import dev.resync.error.ConfirmationInvalid;
import dev.resync.plan.Plan;
import dev.resync.run.Confirmation;
import dev.resync.run.Run;
import dev.resync.run.RunMode;
import dev.resync.stage.StageContext;
import java.util.Optional;

/**
 * Checks that a real run gives what the environment asks for: the token that a passed dry run handed out, which counts once, or
 * the hash of its plan. Either way the dry run must speak of what there is now.
 */
final class Confirmations {

    private final StageContext context;
    private final DryRunStanding standing;

    Confirmations(StageContext context) {
        this.context = context;
        this.standing = new DryRunStanding(context);
    }

    /**
     * Checks a confirmation without using it up.
     *
     * @param runId id of the run that it is for; what this very run used already, in another call of its admission, counts
     * @throws ConfirmationInvalid where it is unknown, expired, void, used by another run, or made for another plan
     */
    void require(Request request, Plan plan, String runId) {
        if (echoes()) {
            requireToken(request, plan, runId);
        } else {
            requireHash(request, plan);
        }
    }

    private void requireToken(Request request, Plan plan, String runId) {
        Run dryRun = context.runs().find(dryRunId(request)).orElse(null);
        Confirmation confirmation = dryRun == null ? null : dryRun.confirm();
        boolean ours = confirmation != null
                && confirmation.token().equals(request.confirm())
                && dryRun.environment().equals(context.environment().name());
        if (!ours) {
            throw invalid("is not one that a dry run of this environment handed out");
        }
        if (!dryRun.plan().equals(plan.name()) || !plan.hash().equals(dryRun.planHash())) {
            throw invalid("was handed out for plan " + dryRun.plan() + " with hash " + dryRun.planHash() + ", and plan "
                    + plan.name() + " has hash " + plan.hash() + " now");
        }
        if (context.clock().instant().isAfter(confirmation.expiresAt())) {
            throw invalid("expired at " + confirmation.expiresAt());
        }
        if (confirmation.usedBy() != null) {
            if (!confirmation.usedBy().equals(runId)) {
                throw used(confirmation.usedBy());
            }
            // What it was void of was looked at before it was used.
            return;
        }
        Optional<String> old = standing.outdated(dryRun, plan);
        if (old.isPresent()) {
            throw invalid("is void: " + old.get());
        }
    }

    private void requireHash(Request request, Plan plan) {
        if (!plan.hash().equals(request.confirm())) {
            throw new ConfirmationInvalid(
                    "confirm is " + request.confirm() + "; this environment expects the hash of plan " + plan.name()
                            + ". A preview, which an empty input gives, and plan validate show it.");
        }
        DryRunRule rule = context.environment().dryRun();
        if (rule.required()) {
            Run dryRun = standing.lastPassed(plan)
                    .orElseThrow(() -> new ConfirmationInvalid("Plan " + plan.name() + " with hash " + plan.hash()
                            + " has no passed dry run of the last "
                            + ReadableDuration.of(rule.maxAge())
                            + " in this environment. Start one first."));
            Optional<String> old = standing.outdated(dryRun, plan);
            if (old.isPresent()) {
                throw new ConfirmationInvalid("The last dry run, " + dryRun.id() + ", no longer counts: " + old.get()
                        + ". Start another one.");
            }
        }
    }

    /**
     * Uses a confirmation for a run; again for the same run changes nothing.
     *
     * @throws ConfirmationInvalid where another run used it meanwhile
     */
    void use(Request request, Run run) {
        boolean token = run.mode() == RunMode.EXECUTE && !run.start().scheduled() && echoes();
        if (token && !context.runs().useConfirmation(dryRunId(request), run.id())) {
            throw used("another run");
        }
    }

    private boolean echoes() {
        return context.environment().confirmation() == ConfirmationRule.ECHO;
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
