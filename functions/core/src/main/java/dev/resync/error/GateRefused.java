package dev.resync.error;

/** A gate refused the new view. Names gate, limit and value; live is unchanged. */
public final class GateRefused extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public GateRefused(String message) {
        super(message);
    }
}
