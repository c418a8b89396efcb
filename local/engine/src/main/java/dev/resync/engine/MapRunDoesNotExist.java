package dev.resync.engine;

/** The engine knows no map run with that ARN. */
public final class MapRunDoesNotExist extends RuntimeException {
    MapRunDoesNotExist(String message) {
        super(message);
    }
}
