package dev.resync.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.cli.option.AdminAddress;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.remote.ApiOptions.Api;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which API is meant, and who says so to it. */
class ApiOptionsTest {

    private static final String AWS = "https://abc123.execute-api.eu-west-2.amazonaws.com";
    private static final Optional<AdminAddress> PROFILE =
            Optional.of(new AdminAddress("https://resync.example.com", "eu-north-1"));

    @Command(name = "any")
    private static final class Any {

        @Mixin
        private DatabaseOptions database;

        @Mixin
        private ApiOptions api;
    }

    private static Optional<Api> chosen(Optional<AdminAddress> profile, String... arguments) {
        Any any = new Any();
        new CommandLine(any).parseArgs(arguments);
        return any.api.chosen(any.database, profile);
    }

    @Test
    void anApiElsewhereIsSignedForAndOneOnThisMachineIsNot() {
        Api elsewhere = chosen(Optional.empty(), "--endpoint", AWS + "/").orElseThrow();
        assertThat(elsewhere.signer()).isInstanceOf(SigV4.class);
        assertThat(elsewhere.endpoint()).hasToString(AWS);
        assertThat(chosen(Optional.empty(), "--endpoint", "http://127.0.0.1:1")
                        .orElseThrow()
                        .signer())
                .isSameAs(RequestSigner.NONE);
    }

    @Test
    void whatIsTypedGoesBeforeTheProfile() {
        assertThat(chosen(PROFILE).orElseThrow().endpoint()).hasToString("https://resync.example.com");
        assertThat(chosen(PROFILE, "--endpoint", AWS).orElseThrow().endpoint()).hasToString(AWS);
        assertThat(chosen(PROFILE, "--mongo-uri", "mongodb://127.0.0.1:1")).isEmpty();
        assertThat(chosen(Optional.empty())).isEmpty();
    }

    @Test
    void aCommandThatIsShownNamesTheApiAsItWasNamed() {
        assertThat(chosen(Optional.empty(), "--endpoint", AWS, "--aws-profile", "my prod", "--region", "eu-west-1")
                        .orElseThrow()
                        .shown())
                .isEqualTo(" --endpoint " + AWS + " --aws-profile 'my prod' --region eu-west-1");
        assertThat(chosen(PROFILE).orElseThrow().shown()).as("the profile does").isEmpty();
    }
}
