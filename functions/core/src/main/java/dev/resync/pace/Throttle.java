package dev.resync.pace;

/**
 * New limits for a run.
 *
 * @param documentsPerSecond most documents a second; null leaves it as it is
 * @param concurrency most chunks at once; null leaves it as it is
 */
public record Throttle(Limit documentsPerSecond, Limit concurrency) {

    /**
     * A limit, or none.
     *
     * @param most null for no limit
     */
    public record Limit(Integer most) {

        @Override
        public String toString() {
            return most == null ? "none" : most.toString();
        }
    }
}
