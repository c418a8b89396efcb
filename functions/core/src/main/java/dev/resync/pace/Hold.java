package dev.resync.pace;

import java.time.Instant;

/**
 * What keeps a run from going on until somebody lets it.
 *
 * @param who who asked for it, as authenticated or else as given
 * @param reason why, as given
 * @param since when it was asked for
 */
public record Hold(String who, String reason, Instant since) {

    @Override
    public String toString() {
        return "held by " + who + " since " + since + ": " + reason;
    }
}
