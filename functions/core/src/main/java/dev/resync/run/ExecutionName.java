package dev.resync.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Names executions, wherever they are not named by whoever starts them, so that a list of them shows where they work. */
public final class ExecutionName {

    /** Most characters of an execution's name (AWS Step Functions API reference, StartExecution). */
    static final int LONGEST = 80;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm").withZone(ZoneOffset.UTC);

    private ExecutionName() {}

    /**
     * Returns a new name: {@code environment-what-yyyyMMdd'T'HHmm-nonce}, the time in UTC.
     *
     * @param what name of a plan, or another word; cut where the whole would be too long
     * @param now the time
     * @param random tells executions of one minute apart
     */
    public static String of(String environment, String what, Instant now, RandomGenerator random) {
        String end = "-" + TIME.format(now) + "-" + Nonce.of(random, 1);
        String start = environment + "-" + what;
        return start.substring(0, Math.min(start.length(), LONGEST - end.length())) + end;
    }
}
