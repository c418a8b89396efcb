package dev.resync.cli.local;

import java.util.Set;

/** Names of the loopback address, as they stand in URLs and in Host headers. */
public final class Loopback {

    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    private Loopback() {}

    /** Returns whether a host is one; null is none. */
    public static boolean isName(String host) {
        return host != null && NAMES.contains(host);
    }

    /** Returns whether a Host header names it, on whichever port; null names nothing. */
    public static boolean isHost(String header) {
        return header != null && isName(header.replaceFirst(":\\d+$", ""));
    }
}
