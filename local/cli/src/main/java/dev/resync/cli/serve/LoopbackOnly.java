package dev.resync.cli.serve;

import dev.resync.cli.local.Loopback;
import dev.resync.error.AccessDenied;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Keeps web pages of other origins away from a server without sign-in: a name of theirs that leads to this machine (DNS
 * rebinding), and requests that a browser sends on their behalf.
 */
@PreMatching
final class LoopbackOnly implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        String host = request.getHeaderString(HttpHeaders.HOST);
        if (!Loopback.isHost(host)) {
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
