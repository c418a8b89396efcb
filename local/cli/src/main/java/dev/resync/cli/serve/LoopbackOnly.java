package dev.resync.cli.serve;

import dev.resync.error.AccessDenied;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;

/**
 * Keeps web pages of other origins away from a server without sign-in: a name of theirs that leads to this machine (DNS
 * rebinding), and requests that a browser sends on their behalf.
 */
@PreMatching
final class LoopbackOnly implements ContainerRequestFilter {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    @Override
    public void filter(ContainerRequestContext request) {
        String host = request.getHeaderString(HttpHeaders.HOST);
        if (host == null || !LOOPBACK.contains(host.replaceFirst(":\\d+$", ""))) {
            throw new AccessDenied(
                    "Host is " + host + "; this server answers on the loopback address only, as 127.0.0.1"
                            + " or localhost. Nothing was changed.");
        }
        String origin = request.getHeaderString("Origin");
        if (origin != null && !origin.equals("http://" + host)) {
            throw new AccessDenied("Origin is " + origin + "; pages of other servers may not call this one. Nothing was"
                    + " changed.");
        }
    }
}
