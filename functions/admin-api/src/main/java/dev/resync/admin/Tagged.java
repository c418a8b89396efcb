package dev.resync.admin;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Answers that whoever has them already need not be sent again. */
final class Tagged {

    private static final int TAG_BYTES = 16;

    private Tagged() {}

    /** Returns an answer with its entity tag, or that nothing has changed since the caller asked. */
    static ResponseBuilder of(byte[] content, Request request) {
        EntityTag tag = new EntityTag(hash(content));
        ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return unchanged == null ? Response.ok(content).tag(tag) : unchanged.tag(tag);
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
