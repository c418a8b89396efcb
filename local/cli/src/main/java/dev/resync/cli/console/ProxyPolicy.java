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
import java.util.regex.Pattern;

/**
 * Who may have requests signed with the credentials of whoever started the proxy: the page in the tab that opened its address,
 * and no other program, user or web page. The page shows a key with each request. No cookie does it, since browsers show those of
 * one port of a machine to all others.
 */
final class ProxyPolicy {

    /** Name of the header by which the page shows the key; a page of another origin could not send it. */
    static final String HEADER = "X-Resync-Console";

    private static final int KEY_BYTES = 32;
    /** The page's own files, which say nothing of what is deployed: a browser asks for them before any script runs. */
    private static final Pattern PAGE_FILE = Pattern.compile("/(console(/([a-z0-9-]+/)*([a-z0-9-]+(\\.[a-z]+)?)?)?)?");

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

    private final String key;
    private final Set<String> hosts;
    private final Set<String> origins;

    /** @param port that the proxy listens on */
    ProxyPolicy(int port, SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        origins = Set.of("http://127.0.0.1:" + port, "http://localhost:" + port);
    }

    /** Returns what the page has to show. */
    String key() {
        return key;
    }

    /** Returns whether a path is that of one of the page's own files, or leads to one. */
    static boolean isPageFile(String path) {
        return PAGE_FILE.matcher(path).matches();
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

    /** Returns whether a request shows the key; takes as long whatever it shows. */
    boolean hasKey(List<String> shown) {
        return shown != null
                && shown.size() == 1
                && MessageDigest.isEqual(
                        shown.get(0).getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
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
