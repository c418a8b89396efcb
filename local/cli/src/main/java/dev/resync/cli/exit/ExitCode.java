package dev.resync.cli.exit;

import dev.resync.error.AccessDenied;
import dev.resync.error.AccountingMismatch;
import dev.resync.error.ApiUnavailable;
import dev.resync.error.ApprovalInvalid;
import dev.resync.error.CallUnfinished;
import dev.resync.error.ChunkChanged;
import dev.resync.error.ChunkOverdue;
import dev.resync.error.ChunksIncomplete;
import dev.resync.error.ConfirmationInvalid;
import dev.resync.error.DatabaseFailed;
import dev.resync.error.DatabaseForeign;
import dev.resync.error.DatabaseUnavailable;
import dev.resync.error.DocumentsInvalid;
import dev.resync.error.EnvironmentInvalid;
import dev.resync.error.EnvironmentMismatch;
import dev.resync.error.ExecutionLost;
import dev.resync.error.ExecutionsUnavailable;
import dev.resync.error.GateRefused;
import dev.resync.error.LiveDrifted;
import dev.resync.error.PlanCasesFailed;
import dev.resync.error.PlanChanged;
import dev.resync.error.PlanInvalid;
import dev.resync.error.PlanUnknown;
import dev.resync.error.PortUnavailable;
import dev.resync.error.RequestInvalid;
import dev.resync.error.ResumeRefused;
import dev.resync.error.ResyncException;
import dev.resync.error.RunClosed;
import dev.resync.error.RunHeld;
import dev.resync.error.RunSuspended;
import dev.resync.error.RunUnknown;
import dev.resync.error.SealMismatch;
import dev.resync.error.ShadowConflict;
import dev.resync.error.SnapshotDamaged;
import dev.resync.error.SnapshotUnknown;
import dev.resync.error.SourceUnsuitable;
import dev.resync.error.StartRefused;
import dev.resync.error.TargetLocked;
import dev.resync.error.TargetUnsuitable;
import dev.resync.error.VerdictExpired;

/** What a command says to the shell. Codes are never given to another meaning; {@code docs/errors.md} lists them. */
public enum ExitCode {
    /** The run ended as asked for. */
    DONE(0),
    /** The demo found a promise broken. */
    PROMISE_BROKEN(1),
    /** The arguments cannot be used. */
    USAGE(2),
    /** An error without a name: a fault of this program. */
    UNEXPECTED(3),
    /** The run was stopped and is closed. */
    STOPPED(4),
    /** The run is suspended and waits to be resumed or stopped. */
    SUSPENDED(5),
    /** The run cannot be ended without a person. */
    NEEDS_OPERATOR(6),
    /** The run could not be closed; reconcile closes it. */
    LEFT_OPEN(7),
    APPROVAL_INVALID(10, ApprovalInvalid.class),
    CONFIRMATION_INVALID(11, ConfirmationInvalid.class),
    ENVIRONMENT_INVALID(12, EnvironmentInvalid.class),
    ENVIRONMENT_MISMATCH(13, EnvironmentMismatch.class),
    PLAN_INVALID(14, PlanInvalid.class),
    PLAN_UNKNOWN(15, PlanUnknown.class),
    REQUEST_INVALID(16, RequestInvalid.class),
    SOURCE_UNSUITABLE(17, SourceUnsuitable.class),
    TARGET_UNSUITABLE(18, TargetUnsuitable.class),
    TARGET_LOCKED(19, TargetLocked.class),
    SNAPSHOT_UNKNOWN(20, SnapshotUnknown.class),
    RUN_UNKNOWN(21, RunUnknown.class),
    DATABASE_UNAVAILABLE(22, DatabaseUnavailable.class),
    DATABASE_FAILED(23, DatabaseFailed.class),
    GATE_REFUSED(24, GateRefused.class),
    LIVE_DRIFTED(25, LiveDrifted.class),
    VERDICT_EXPIRED(26, VerdictExpired.class),
    ACCOUNTING_MISMATCH(27, AccountingMismatch.class),
    CHUNK_CHANGED(28, ChunkChanged.class),
    CHUNKS_INCOMPLETE(29, ChunksIncomplete.class),
    SEAL_MISMATCH(30, SealMismatch.class),
    SHADOW_CONFLICT(31, ShadowConflict.class),
    SNAPSHOT_DAMAGED(32, SnapshotDamaged.class),
    PLAN_CHANGED(33, PlanChanged.class),
    RESUME_REFUSED(34, ResumeRefused.class),
    RUN_CLOSED(35, RunClosed.class),
    RUN_SUSPENDED(36, RunSuspended.class),
    EXECUTIONS_UNAVAILABLE(37, ExecutionsUnavailable.class),
    DOCUMENTS_INVALID(38, DocumentsInvalid.class),
    PORT_UNAVAILABLE(39, PortUnavailable.class),
    EXECUTION_LOST(40, ExecutionLost.class),
    START_REFUSED(41, StartRefused.class),
    DATABASE_FOREIGN(42, DatabaseForeign.class),
    RUN_HELD(43, RunHeld.class),
    PLAN_CASES_FAILED(44, PlanCasesFailed.class),
    ACCESS_DENIED(45, AccessDenied.class),
    CHUNK_OVERDUE(46, ChunkOverdue.class),
    API_UNAVAILABLE(47, ApiUnavailable.class),
    CALL_UNFINISHED(48, CallUnfinished.class);

    private final int code;
    private final Class<? extends ResyncException> error;

    ExitCode(int code) {
        this(code, null);
    }

    ExitCode(int code, Class<? extends ResyncException> error) {
        this.code = code;
        this.error = error;
    }

    /** Returns the number that the shell sees, 0 to 125. */
    public int code() {
        return code;
    }

    /** Returns the error with a name that this code stands for; null where it stands for none. */
    public Class<? extends ResyncException> error() {
        return error;
    }

    /** Returns the code of an error by its stable name; {@link #UNEXPECTED} where no error has that name. */
    public static ExitCode of(String errorName) {
        for (ExitCode code : values()) {
            if (code.error != null && code.error.getName().equals(errorName)) {
                return code;
            }
        }
        return UNEXPECTED;
    }
}
