package dev.resync.bench.data;

import dev.resync.hash.ContentHash;
import java.util.Map;

/** A contender did not bring about what the others do: its figures would say nothing. */
public final class OutputDiffers extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param who row that was measured
     * @param wanted hash of each target as it must be
     * @param found hash of each target as it is
     */
    public OutputDiffers(String who, Map<String, ContentHash> wanted, Map<String, ContentHash> found) {
        super("Row " + who + " left other documents than are wanted, so nothing is reported: wanted " + wanted
                + ", found " + found + ".");
    }
}
