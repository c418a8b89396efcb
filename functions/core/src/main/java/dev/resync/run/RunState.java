package dev.resync.run;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Where a run stands. {@code CLOSED} is final; {@code NEEDS_OPERATOR} stays until a person acts. */
public enum RunState {
    /** Recorded; locks not yet held. */
    PENDING,
    /** Holds its locks; stages work. */
    OPEN,
    /** Its execution failed with nothing cut over; waits to be resumed until its time is over. */
    SUSPENDED,
    /**
     * A new execution is in charge and is putting all that the epoch so far worked on out of reach; no stage may enter. Goes
     * on to {@code OPEN} in the next epoch, or back to {@code SUSPENDED} in the next epoch where that execution failed.
     */
    RESUMING,
    /** Being closed: its epoch is raised and its sealed collections are moved away. */
    CLOSING,
    /** Live was changed and is being brought back to the snapshot. */
    RESTORING,
    /** Ended with a receipt. */
    CLOSED,
    /** Cannot be ended safely without a person. */
    NEEDS_OPERATOR;

    /** States in which stages of the run's present epoch may work. */
    public static final Set<RunState> WORKING = Collections.unmodifiableSet(EnumSet.of(OPEN, RESTORING));

    /** Returns whether stages of the run's present epoch may work. */
    public boolean working() {
        return WORKING.contains(this);
    }
}
