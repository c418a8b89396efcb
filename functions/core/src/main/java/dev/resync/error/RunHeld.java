package dev.resync.error;

/** The run is held, or works on as many chunks as it may: this call waited its time and is to be repeated. Transient. */
public final class RunHeld extends ResyncException {

    /** @param message what it waits for and what ends that; never null */
    public RunHeld(String message) {
        super(message);
    }
}
