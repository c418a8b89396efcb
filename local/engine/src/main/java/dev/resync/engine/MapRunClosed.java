package dev.resync.engine;

/** The map run has ended, so that nothing of it can be changed any more. */
public final class MapRunClosed extends RuntimeException {
    MapRunClosed(String message) {
        super(message);
    }
}
