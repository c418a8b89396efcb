package dev.resync.admin;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How people sign in to the console page where the API takes tokens: the authorization code flow of OpenID Connect with PKCE.
 *
 * @param issuer URL of the identity provider, which serves {@code /.well-known/openid-configuration}
 * @param clientId the page's id there; a public client, without a secret
 * @param scopes scopes to ask for, separated by blanks
 * @param origins further origins of the provider that the page calls, such as that of its token endpoint
 */
public record SignIn(
        String issuer,
        String clientId,
        String scopes,
        @JsonIgnore List<String> origins) {

    public SignIn {
        origins = List.copyOf(origins);
    }

    /** Returns all origins that the page calls to sign somebody in, separated by blanks. */
    String allOrigins() {
        return Stream.concat(Stream.of(issuer), origins.stream())
                .map(SignIn::origin)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** A path in a content security policy would allow that very path and none below it. */
    private static String origin(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
