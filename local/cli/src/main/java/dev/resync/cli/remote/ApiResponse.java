package dev.resync.cli.remote;

import java.net.http.HttpHeaders;

/**
 * An answer, whole.
 *
 * @param status HTTP status
 * @param body empty for none
 */
record ApiResponse(int status, HttpHeaders headers, byte[] body) {

    private static final int OK = 200;
    private static final int REDIRECTION = 300;

    /** Returns whether what was asked for was done. */
    boolean done() {
        return status >= OK && status < REDIRECTION;
    }

    /** Returns a header; empty where there is none. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
