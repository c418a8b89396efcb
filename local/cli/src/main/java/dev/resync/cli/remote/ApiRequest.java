package dev.resync.cli.remote;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request before it is signed.
 *
 * @param method such as {@code GET}
 * @param headers by name; Host comes from the address
 * @param body empty for none
 */
record ApiRequest(String method, URI uri, Map<String, String> headers, byte[] body) {

    /** Returns the same with further headers, which replace those of the same name. */
    ApiRequest with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        all.putAll(more);
        return new ApiRequest(method, uri, all, body);
    }
}
