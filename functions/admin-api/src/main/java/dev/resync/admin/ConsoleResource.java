package dev.resync.admin;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The console page. Its files say nothing of what is deployed, and everybody may have them: what it shows, it asks the API
 * for.
 */
@Path("/")
@Singleton
public final class ConsoleResource {

    private static final String FOLDER = "/console/";
    /** No dots but before the ending, so that no path leads out of the folder. */
    private static final Pattern FILE = Pattern.compile("([a-z0-9-]+/)*[a-z0-9-]+\\.(?<ending>html|css|js|svg|txt)");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html",
            "css", "text/css",
            "js", "text/javascript",
            "svg", "image/svg+xml",
            "txt", "text/plain");

    private final Optional<SignIn> signIn;

    ConsoleResource(Optional<SignIn> signIn) {
        this.signIn = signIn;
    }

    /**
     * What the page must know before anybody has signed in.
     *
     * @param signIn how to; null where whatever serves the API knows who calls
     */
    public record ConsoleSettings(SignIn signIn) {}

    /** Leads to the page. */
    @GET
    public Response root() {
        return lead();
    }

    /** Tells the page how people sign in. */
    @GET
    @Path("console/settings.json")
    @Produces(MediaType.APPLICATION_JSON)
    public ConsoleSettings settings() {
        return new ConsoleSettings(signIn.orElse(null));
    }

    /** Gives the page. */
    @GET
    @Path("console")
    public Response page(@Context UriInfo uri, @Context HttpHeaders headers) {
        return uri.getRequestUri().getPath().endsWith("/") ? file("index.html", headers) : lead();
    }

    /** Relative and in the page's own words, since nothing here knows under which name and protocol it was called. */
    private static Response lead() {
        return Response.ok(
                        "<!doctype html><title>Resync</title><meta http-equiv=\"refresh\" content=\"0; url=console/\">")
                .type("text/html;charset=UTF-8")
                .build();
    }

    /** Gives a file of the page. */
    @GET
    @Path("console/{file: .+}")
    public Response file(@PathParam("file") String file, @Context HttpHeaders headers) {
        Matcher matcher = FILE.matcher(file);
        byte[] content = matcher.matches() ? content(file) : null;
        if (content == null) {
            throw new NotFoundException("The console page has no file " + file + ". Open it at /console/.");
        }
        return Tagged.of(content, headers)
                .type(TYPES.get(matcher.group("ending")) + ";charset=UTF-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("Content-Security-Policy", policy())
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .build();
    }

    private String policy() {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
                + signIn.map(provider -> " " + provider.allOrigins()).orElse("")
                + "; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static byte[] content(String file) {
        try (InputStream in = ConsoleResource.class.getResourceAsStream(FOLDER + file)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the page's own file " + file, unreadable);
        }
    }
}
