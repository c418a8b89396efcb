package dev.resync.error;

/** The answer to a request for approval does not count: refused, or given by the requester. */
public final class ApprovalInvalid extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public ApprovalInvalid(String message) {
        super(message);
    }
}
