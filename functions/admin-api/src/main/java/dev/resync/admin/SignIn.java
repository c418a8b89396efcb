package dev.resync.admin;

/**
 * How people sign in to the console page where the API takes tokens: the authorization code flow of OpenID Connect with PKCE.
 *
 * @param issuer URL of the identity provider, which serves {@code /.well-known/openid-configuration}
 * @param clientId the page's id there; a public client, without a secret
 * @param scopes scopes to ask for, separated by blanks
 */
public record SignIn(String issuer, String clientId, String scopes) {}
