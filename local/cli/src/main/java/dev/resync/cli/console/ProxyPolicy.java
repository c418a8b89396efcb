package dev.resync.cli.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may have requests signed with the credentials of whoever started the proxy: the browser that opened its address, and no
 * other program, user or web page.
 */
final class ProxyPolicy {

    private static final int TOKEN_BYTES = 32;
    private static final String COOKIE = "resync-console";
    /** Of one connection, and not of the message (RFC 9110, section 7.6.1); the proxy has connections of its own. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** All that the API reads; whatever else a browser says stays with the proxy. */
    private static final Set<String> ASKED = Set.of("accept", "content-type", "idempotency-key", "if-none-match");

    private final String token;
    private final Set<String> hosts;
    private final Set<String> origins;

    /** @param port that the proxy listens on */
    ProxyPolicy(int port, SecureRandom random) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        origins = Set.of("http://127.0.0.1:" + port, "http://localhost:" + port);
    }

    /** Returns what whoever opens the console has to show once. */
    String token() {
        return token;
    }

    /** Returns whether a Host is one that this proxy has: a name of another one that leads here is an attack (DNS rebinding). */
    boolean isOwnHost(List<String> host) {
        return host != null && host.size() == 1 && hosts.contains(host.get(0));
    }

    /**
     * Returns whether a request comes from the console's own pages.
     *
     * @param origin as the browser says; null where it says none, as for a page that is opened
     * @param site value of Sec-Fetch-Site; null where the browser is too old to say
     * @param changes whether the request may change something; then the browser says where it comes from
     */
    boolean isOwnOrigin(List<String> origin, List<String> site, boolean changes) {
        boolean foreign = site != null
                && !site.stream().allMatch(said -> Set.of("same-origin", "none").contains(said));
        return !foreign && (origin == null ? !changes : origins.containsAll(origin));
    }

    /** Returns whether a text is the token; takes as long whatever it is. */
    boolean isToken(String shown) {
        return shown != null
                && MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether any of the cookies is the token. */
    boolean isSignedIn(List<String> cookies) {
        return cookies != null
                && cookies.stream()
                        .flatMap(header -> Arrays.stream(header.split(";")))
                        .map(String::strip)
                        .filter(cookie -> cookie.startsWith(COOKIE + "="))
                        .anyMatch(cookie -> isToken(cookie.substring(COOKIE.length() + 1)));
    }

    /** Returns the cookie by which a browser shows the token from then on: not to scripts, and to no other site's requests. */
    String cookie() {
        return COOKIE + "=" + token + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /** Returns whether a header of a request goes to the API. */
    static boolean isPassedOn(String name) {
        return ASKED.contains(lower(name));
    }

    /**
     * Returns the names of headers of an answer that do not go to the browser, in lower case.
     *
     * @param connection values of Connection, which names more of them
     */
    static Set<String> kept(List<String> connection) {
        Set<String> kept = new TreeSet<>(HOP_BY_HOP);
        // The proxy sets the length itself; cookies and credentials of the API are no business of the browser.
        kept.addAll(
                Set.of("content-length", "set-cookie", "www-authenticate", "location", "strict-transport-security"));
        connection.forEach(
                value -> Arrays.stream(value.split(",")).map(ProxyPolicy::lower).forEach(kept::add));
        return kept;
    }

    private static String lower(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
