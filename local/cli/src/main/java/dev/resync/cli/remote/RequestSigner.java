package dev.resync.cli.remote;

import dev.resync.error.AccessDenied;
import java.util.Map;
import java.util.regex.Pattern;

/** Says to an admin API who calls. */
@FunctionalInterface
public interface RequestSigner {

    /** For an API on this machine, which knows its callers by that. */
    RequestSigner NONE = request -> Map.of();

    /**
     * Returns the headers that say so for one request.
     *
     * @throws AccessDenied where nobody is signed in
     */
    Map<String, String> headers(ApiRequest request);

    /**
     * Returns one that shows a token.
     *
     * @param source where the token came from, for the error, which never shows it
     * @throws AccessDenied where it cannot be a token
     */
    static RequestSigner bearer(String source, String token) {
        if (!Pattern.matches("[A-Za-z0-9._~+/=-]+", token)) {
            throw new AccessDenied(
                    source + " is no token: it holds other characters than tokens have. Set it to the token"
                            + " alone, without \"Bearer\".");
        }
        return request -> Map.of("Authorization", "Bearer " + token);
    }
}
