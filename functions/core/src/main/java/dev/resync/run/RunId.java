package dev.resync.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Names a run after its environment, its plan, its start and its execution: the same execution always gives the same run.
 *
 * @param id {@code environment-plan-yyyyMMdd'T'HHmmss-shortId}, the time in UTC
 * @param shortId ten hexadecimal digits of the execution's hash
 */
public record RunId(String id, String shortId) {

    private static final int SHORT_BYTES = 5;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    /** Returns the id of the run that an execution drives. */
    public static RunId of(String environment, String plan, Instant startedAt, String execution) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(execution.getBytes(StandardCharsets.UTF_8));
            String shortId = HexFormat.of().formatHex(hash, 0, SHORT_BYTES);
            return new RunId(environment + "-" + plan + "-" + TIME.format(startedAt) + "-" + shortId, shortId);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
