package dev.resync.environment;

/**
 * A plan that a schedule may run for real.
 *
 * @param plan its name
 * @param planHash its hash; another version of the plan must be allowed anew
 * @param maxShrinkShare highest share of live documents whose key the new view lacks, 0 to 1
 * @param maxChangeShare highest share of live documents that would change or go, 0 to 1
 * @param maxQuarantineShare highest share of bundles in quarantine, 0 to 1
 */
public record ScheduledRun(
        String plan, String planHash, double maxShrinkShare, double maxChangeShare, double maxQuarantineShare) {}
