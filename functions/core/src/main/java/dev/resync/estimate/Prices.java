package dev.resync.estimate;

import dev.resync.error.RequestInvalid;

/**
 * Prices in whatever currency the reader has them, from the pages "AWS Step Functions pricing" (Standard workflows) and "AWS Lambda
 * pricing" for their region and date.
 *
 * @param millionTransitions price of a million state transitions, 0 or more
 * @param gigabyteSecond price of a gigabyte-second, 0 or more
 * @param millionRequests price of a million calls, 0 or more
 */
public record Prices(double millionTransitions, double gigabyteSecond, double millionRequests) {

    private static final double MILLION = 1_000_000;

    /** @throws RequestInvalid where one is negative or no number */
    public Prices {
        require("price of a million transitions", millionTransitions);
        require("price of a gigabyte-second", gigabyteSecond);
        require("price of a million requests", millionRequests);
    }

    /** Returns what the estimated work costs on Step Functions and Lambda; neither database, logs nor transfer. */
    double of(long transitions, double gigabyteSeconds, long calls) {
        return transitions / MILLION * millionTransitions
                + gigabyteSeconds * gigabyteSecond
                + calls / MILLION * millionRequests;
    }

    private static void require(String what, double value) {
        if (!(value >= 0 && value < Double.MAX_VALUE)) {
            throw new RequestInvalid("The " + what + " is " + value + "; expected a number of 0 or more.");
        }
    }
}
