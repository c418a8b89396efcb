package dev.resync.cli.stepfunctions;

import com.sun.net.httpserver.Headers;
import dev.resync.cli.local.Loopback;

/**
 * Keeps web pages away from a server without sign-in: requests that a browser sends for them, and a name of theirs that leads
 * to this machine (DNS rebinding). No page of ours calls it.
 */
final class OwnOrigin {

    /** Name of the error. */
    static final String ERROR = "AccessDeniedException";

    private OwnOrigin() {}

    /**
     * Makes sure that a program of this machine asks.
     *
     * @throws ApiError where it may be a page
     */
    static void require(Headers headers) {
        String host = headers.getFirst("Host");
        if (!Loopback.isHost(host)) {
            throw new ApiError(
                    ERROR,
                    "Host is " + host + "; this endpoint answers as 127.0.0.1 or localhost only. Nothing was changed.");
        }
        if (headers.containsKey("Origin")) {
            throw new ApiError(
                    ERROR,
                    "Origin is " + headers.getFirst("Origin")
                            + "; pages in a browser may not call this endpoint. Nothing was changed.");
        }
    }
}
