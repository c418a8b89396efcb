package dev.resync.cli.remote;

import dev.resync.cli.local.Loopback;
import dev.resync.error.RequestInvalid;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Root of an admin API: HTTPS, or plain HTTP on the loopback address, where nobody else listens in. */
public final class Endpoint {

    private static final Pattern EXECUTE_API =
            Pattern.compile("[a-z0-9-]+\\.execute-api\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");

    private final URI root;

    private Endpoint(URI root) {
        this.root = root;
    }

    /**
     * Reads the address of an admin API.
     *
     * @param option names where the text came from, for the error
     * @throws RequestInvalid where it is none that may be called
     */
    public static Endpoint of(String option, String text) {
        URI uri;
        try {
            uri = new URI(text.strip().replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw invalid(option, text, "is no address");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !Set.of("http", "https").contains(scheme)) {
            throw invalid(option, text, "is no address of a server");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            // Not shown: what stands before an @ may be a password.
            throw new RequestInvalid(option + " holds more than a host and a path; expected an address such as"
                    + " https://abc123.execute-api.eu-west-2.amazonaws.com. Nothing was sent.");
        }
        if (scheme.equals("http") && !Loopback.isName(host(uri))) {
            throw invalid(option, text, "is plain HTTP, where anybody on the way could read and change it");
        }
        return new Endpoint(uri);
    }

    private static RequestInvalid invalid(String option, String text, String what) {
        return new RequestInvalid(option + " is " + text + ", which " + what
                + "; expected https://…, as the output api_endpoint of the Terraform module, or http://127.0.0.1:PORT of"
                + " `resync serve --admin-port`. Nothing was sent.");
    }

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it is plain HTTP on this machine. */
    public boolean isLoopback() {
        return root.getScheme().equalsIgnoreCase("http");
    }

    /** Returns the region of an API that has no domain name of its own; empty for all others. */
    Optional<String> region() {
        Matcher host = EXECUTE_API.matcher(host(root));
        return host.matches() ? Optional.of(host.group(1)) : Optional.empty();
    }

    /**
     * Returns the address of a resource.
     *
     * @param path its names, from the root; encoded here
     * @param query names and values; encoded here
     */
    public URI at(List<String> path, Map<String, String> query) {
        String names = path.stream().map(name -> "/" + encoded(name)).collect(Collectors.joining());
        String values = new TreeMap<>(query)
                .entrySet().stream()
                        .flatMap(value -> Stream.of(encoded(value.getKey()) + "=" + encoded(value.getValue())))
                        .collect(Collectors.joining("&"));
        return URI.create(root + names + (values.isEmpty() ? "" : "?" + values));
    }

    /** Returns the address of what another server was asked for: path and query as they came, encoded. */
    URI passedOn(String rawPath, String rawQuery) {
        return URI.create(root + rawPath + (rawQuery == null ? "" : "?" + rawQuery));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
