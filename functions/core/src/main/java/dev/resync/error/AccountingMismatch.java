package dev.resync.error;

/** A source's documents do not add up: some were lost or counted twice. */
public final class AccountingMismatch extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public AccountingMismatch(String message) {
        super(message);
    }
}
