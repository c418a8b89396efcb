package dev.resync.admin.gateway;

import dev.resync.admin.SignIn;
import dev.resync.aws.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** How people sign in to the console page of this deployment. */
@Singleton
final class ConsoleSignIn {

    @Produces
    @Singleton
    Optional<SignIn> signIn(Settings settings) {
        return settings.signInIssuer()
                .map(issuer -> new SignIn(
                        issuer, settings.signInClientId(), settings.signInScopes(), settings.signInOrigins()));
    }
}
