package dev.resync.engine;

import java.time.Instant;

/**
 * A map run at one moment: one attempt of a distributed map. Immutable.
 *
 * @param mapRunArn not null
 * @param executionArn the execution that the map is a state of
 * @param stateMachineArn the ARN of the map's children's machine, with {@code /<label>} at its end
 * @param status not null
 * @param startDate when it began first
 * @param stopDate when it ended; null while running
 * @param settings as the definition gave them, or as they were last changed
 * @param counts not null
 * @param redriveCount 0 for a map run that was never redriven
 * @param redriveDate when it was last redriven; null if never
 */
public record MapRunDescription(
        String mapRunArn,
        String executionArn,
        String stateMachineArn,
        MapRunStatus status,
        Instant startDate,
        Instant stopDate,
        Settings settings,
        MapRunCounts counts,
        int redriveCount,
        Instant redriveDate) {

    /**
     * What can be changed while a map run is under way.
     *
     * @param maxConcurrency how many children may run at once, whatever the engine's own limit; 0 for as many as it allows
     * @param toleratedFailureCount how many items may fail, not negative; null where nobody gave a number
     * @param toleratedFailurePercentage which share of the items may fail, 0 to 100; null where nobody gave one. Where both
     *     are null no item may fail; where both are given neither may be exceeded
     */
    public record Settings(int maxConcurrency, Long toleratedFailureCount, Double toleratedFailurePercentage) {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public Settings {
            require(maxConcurrency >= 0, "maxConcurrency", maxConcurrency, "0 or more");
            require(
                    toleratedFailureCount == null || toleratedFailureCount >= 0,
                    "toleratedFailureCount",
                    toleratedFailureCount,
                    "0 or more");
            require(
                    toleratedFailurePercentage == null
                            || toleratedFailurePercentage >= 0 && toleratedFailurePercentage <= 100,
                    "toleratedFailurePercentage",
                    toleratedFailurePercentage,
                    "0 to 100");
        }

        private static void require(boolean fits, String name, Object value, String expected) {
            if (!fits) {
                throw new IllegalArgumentException(name + " is " + value + "; expected " + expected);
            }
        }

        boolean tolerates(int failed, int total) {
            if (failed == 0) {
                return true;
            }
            if (toleratedFailureCount == null && toleratedFailurePercentage == null) {
                return false;
            }
            return (toleratedFailureCount == null || failed <= toleratedFailureCount)
                    && (toleratedFailurePercentage == null || failed * 100.0 <= toleratedFailurePercentage * total);
        }
    }
}
