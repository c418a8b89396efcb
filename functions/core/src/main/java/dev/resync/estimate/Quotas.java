package dev.resync.estimate;

import java.time.Duration;

/**
 * Quotas of AWS that a run can come near, as the pages "AWS Step Functions service quotas" and "Lambda quotas" of the AWS
 * documentation give them, and the limits that Resync sets itself.
 */
public final class Quotas {

    /** Events in the history of one execution. */
    public static final int HISTORY_EVENTS = 25_000;

    /** Bytes of input, output or variables of a state. */
    public static final int PAYLOAD_BYTES = 262_144;

    /** Items of a distributed map, and children of it at once. */
    public static final int MAP_CHILDREN = 10_000;

    /** Executions of an account open at once in a region, children of maps included. */
    public static final int OPEN_EXECUTIONS = 1_000_000;

    /** Iterations of an inline map at once. Resync has none. */
    public static final int INLINE_ITERATIONS = 40;

    /** Functions of an account at work at once in a region, unless more were granted. */
    public static final int LAMBDA_CONCURRENCY = 1_000;

    /** How long one call of a function may take. */
    public static final Duration CALL = Duration.ofMinutes(15);

    /** What a call keeps of that in reserve. */
    public static final Duration CALL_RESERVE = Duration.ofMinutes(2);

    /** How long a chunk should take at most. */
    public static final Duration CHUNK = Duration.ofMinutes(2);

    /** {@code TimeoutSeconds} of both state machines. */
    public static final Duration EXECUTION = Duration.ofHours(48);

    private Quotas() {}
}
