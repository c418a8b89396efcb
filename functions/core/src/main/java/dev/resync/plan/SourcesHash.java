package dev.resync.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether staged documents of one plan are what another plan would have staged. */
public final class SourcesHash {

    private SourcesHash() {}

    /** Returns the SHA-256 of all that staging depends on: key type and sources, lower-case hexadecimal. */
    public static String of(Plan plan) {
        StringBuilder text = new StringBuilder(plan.keyType().jsonName());
        // Names hold no separators. The text of the records would not do: there, null and "null" read alike.
        plan.sources()
                .forEach(source ->
                        text.append(' ').append(source.name()).append('=').append(source.hash()));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
