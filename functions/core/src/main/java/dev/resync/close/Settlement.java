package dev.resync.close;

import dev.resync.error.RequestInvalid;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.schema.OneLine;
import java.util.Arrays;

/** What a person says became of live in a run that needed one: how the run ended, once live was looked at and put right. */
final class Settlement {

    private final Ending as;
    private final String requestedBy;
    private final String reason;

    private Settlement(Ending as, String requestedBy, String reason) {
        this.as = as;
        this.requestedBy = requestedBy;
        this.reason = reason;
    }

    /**
     * Reads a settlement.
     *
     * @throws RequestInvalid where something is missing or is no ending
     */
    static Settlement of(String settleAs, String requestedBy, String reason) {
        Ending ending = Arrays.stream(Ending.values())
                .filter(value -> value.name().equals(settleAs))
                .findFirst()
                .orElseThrow(() -> new RequestInvalid("settleAs is " + settleAs + "; expected one of "
                        + Arrays.toString(Ending.values()) + ", whichever live is now. Nothing was changed."));
        require("requestedBy", requestedBy);
        require("reason", reason);
        return new Settlement(ending, requestedBy, reason);
    }

    private static void require(String field, String value) {
        OneLine.require(field, value, "Settling a run goes into the audit trail: add it. Nothing was changed.");
    }

    /** Returns the ending that live has now. */
    Ending as() {
        return as;
    }

    /** Returns who says so; not blank. */
    String requestedBy() {
        return requestedBy;
    }

    /** Returns why; not blank. */
    String reason() {
        return reason;
    }

    /**
     * Makes sure that a run can be settled, or was settled like this before.
     *
     * @throws RequestInvalid where it does not need an operator, or the ending cannot be one of this run
     */
    void requireFits(Run run) {
        if (run.state() == RunState.CLOSED && run.ending() == as) {
            return;
        }
        if (run.state() != RunState.NEEDS_OPERATOR) {
            throw new RequestInvalid("Run " + run.id() + " is " + run.state()
                    + (run.ending() == null ? "" : " and ended " + run.ending())
                    + "; only a run that NEEDS_OPERATOR can be settled. Nothing was changed.");
        }
        if (as == Ending.CUT_OVER && run.mode().fromSnapshot()) {
            throw new RequestInvalid("settleAs is CUT_OVER, and run " + run.id()
                    + " is a restore; expected RESTORED, or UNTOUCHED where live never changed. Nothing was changed.");
        }
    }
}
