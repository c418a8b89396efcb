package dev.resync.admin;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The API's own description, as OpenAPI 3.1. Tests hold every answer to it. */
@Path("/openapi.json")
@Singleton
public final class OpenApiResource {

    private static final String DOCUMENT = "/openapi.json";

    /** Gives it. */
    @GET
    public Response document(@Context HttpHeaders headers) {
        try (InputStream in = OpenApiResource.class.getResourceAsStream(DOCUMENT)) {
            return Tagged.of(in.readAllBytes(), headers)
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the API's own description", unreadable);
        }
    }
}
