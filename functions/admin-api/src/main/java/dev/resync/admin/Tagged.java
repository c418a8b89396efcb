package dev.resync.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resync.store.ControlJson;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Answers that whoever has them already need not be sent again. */
final class Tagged {

    private static final int TAG_BYTES = 16;

    private Tagged() {}

    /** Returns an answer with its entity tag, or that nothing has changed since the caller asked. */
    static ResponseBuilder of(byte[] content, HttpHeaders headers) {
        return of(content, content, headers);
    }

    /** Returns a value as JSON, or that nothing has changed since the caller asked. No cache keeps it. */
    static Response json(Object value, HttpHeaders headers) {
        return json(value, value, headers);
    }

    /**
     * The same for a value that never is the same twice.
     *
     * @param lasting what of it tells whether something has changed
     */
    static Response json(Object value, Object lasting, HttpHeaders headers) {
        return of(bytes(value), bytes(lasting), headers)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static ResponseBuilder of(byte[] content, byte[] lasting, HttpHeaders headers) {
        EntityTag tag = new EntityTag(hash(lasting));
        return has(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag)
                ? Response.notModified(tag)
                : Response.ok(content).tag(tag);
    }

    /** What is no list of tags names none (RFC 9110, 13.1.2): whoever sent it gets the answer in full. */
    private static boolean has(String given, EntityTag tag) {
        return given != null
                && Stream.of(given.split(","))
                        .map(each -> each.strip().replaceFirst("^W/", ""))
                        .anyMatch(each -> each.equals("*") || each.equals('"' + tag.getValue() + '"'));
    }

    private static byte[] bytes(Object value) {
        try {
            return ControlJson.mapper().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
