package dev.resync.cli.drill;

import dev.resync.cli.drill.Fault.Phase;
import dev.resync.run.Ending;
import java.util.EnumSet;
import java.util.Set;

/** How a request may end, by what was done to it. */
final class AllowedEndings {

    private AllowedEndings() {}

    /**
     * Returns the endings that a run may have; live must be what its ending says in any case.
     *
     * @param part {@code EXECUTE} or {@code RESTORE}: what was asked for
     * @param injection at the end of the round's part
     */
    static Set<Ending> of(Phase part, Injection injection) {
        Fault fault = injection.fault();
        if (goesBack(part, fault)) {
            // Stopped with one view new: whatever gets in the way of going back, nothing else is an ending of that.
            return EnumSet.of(Ending.RESTORED);
        }
        if (undisturbed(part, injection)) {
            return EnumSet.of(part == Phase.EXECUTE ? Ending.CUT_OVER : Ending.RESTORED);
        }
        if (part == Phase.RESTORE) {
            return EnumSet.of(Ending.UNTOUCHED, Ending.RESTORED);
        }
        boolean anyEnding = !stops(fault) || injection.struckAfter("finish");
        return anyEnding ? EnumSet.allOf(Ending.class) : EnumSet.of(Ending.UNTOUCHED, Ending.RESTORED);
    }

    /** Returns whether the part must come to a run that does what was asked for, as if nothing had been done to it. */
    static boolean undisturbed(Phase part, Injection injection) {
        boolean strikes = injection.fault().strikes(part) && injection.struck();
        return !goesBack(part, injection.fault()) && (!strikes || madeGood(injection.fault()));
    }

    private static boolean goesBack(Phase part, Fault fault) {
        return fault.phase() == Phase.WAY_BACK && fault.strikes(part);
    }

    /**
     * Returns whether a request may come to no run: where its admission was refused a write, or died with the engine. An
     * admission whose execution is stopped goes on, and its run is found and closed.
     */
    static boolean mayComeToNone(Phase part, Injection injection) {
        FaultKind kind = injection.fault().kind();
        boolean endsAdmission = kind == FaultKind.WRITE_ERROR || kind == FaultKind.KILL_ENGINE;
        return endsAdmission && injection.fault().phase() == part && injection.struckWithin("admit");
    }

    /** Faults after which retries, or a look at the names, must bring the run to where it would have come without them. */
    private static boolean madeGood(Fault fault) {
        return switch (fault.kind()) {
            case KILL_FUNCTION,
                    DROP_CONNECTION,
                    STALL_CONNECTION,
                    NOT_PRIMARY,
                    DUPLICATE_CALL,
                    STRAY_EVENT,
                    RENAME_UNANSWERED -> true;
            case CLOCK_SKEW -> !StopInjection.stops(fault);
            case RENAME_FAILS -> !WireInjection.refusesForGood(fault);
            case STOP, KILL_ENGINE, WRITE_ERROR, LATE_CALL, LATE_WRITE, LOST_EVENT, DOUBLED_EVENT -> false;
        };
    }

    /** A real run that is stopped must not end with the new views, unless it was about to write its receipt. */
    private static boolean stops(Fault fault) {
        return switch (fault.kind()) {
            case STOP, LATE_CALL, LATE_WRITE, LOST_EVENT, DOUBLED_EVENT, CLOCK_SKEW -> true;
            // A failure after the last rename keeps the new views, and so does whoever finds a dead process then.
            default -> false;
        };
    }
}
