package dev.resync.cli.remote;

import dev.resync.cli.option.AdminAddress;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.option.Shell;
import dev.resync.error.RequestInvalid;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which admin API a command calls in place of working on a database itself. */
public final class ApiOptions {

    /** Never an option: everybody on the machine sees the options of all processes. */
    private static final String TOKEN = "RESYNC_TOKEN";

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = {
                "Root of the admin API to call in place of working on a database: https://…, or http:// on this machine.",
                "Signed with the AWS credentials of this account, or with the token in the variable " + TOKEN + "."
            })
    private String endpoint;

    @Option(
            names = "--aws-profile",
            paramLabel = "NAME",
            description = "Profile of the AWS configuration to sign with (default: the ordinary credential chain).")
    private String awsProfile;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Region of the API (default: as its address says, else the AWS configuration).")
    private String region;

    /**
     * Returns the API that is meant; empty where a database is, or nothing was named.
     *
     * @param database goes before the profile where it was named
     * @param profile where the environment's profile says that its API is
     * @throws RequestInvalid where both were named, or an address cannot be one
     */
    public Optional<Api> chosen(DatabaseOptions database, Optional<AdminAddress> profile) {
        if (endpoint != null) {
            if (database.typed()) {
                throw new RequestInvalid("--mongo-uri and --endpoint are both given; expected one of them: work on the"
                        + " database itself, or have the deployment do it. Nothing was read or changed.");
            }
            return Optional.of(api("--endpoint", endpoint, null));
        }
        if (database.given() || profile.isEmpty()) {
            if (awsProfile != null || region != null) {
                throw new RequestInvalid((awsProfile == null ? "--region" : "--aws-profile")
                        + " is given without --endpoint; it says how to sign what is sent to an admin API. Give"
                        + " --endpoint, too, or leave it out.");
            }
            return Optional.empty();
        }
        AdminAddress address = profile.get();
        return Optional.of(api("admin.endpoint of the profile", address.endpoint(), address.region()));
    }

    private Api api(String option, String address, String profileRegion) {
        Endpoint found = Endpoint.of(option, address);
        return new Api(
                found, signer(found, region == null ? profileRegion : region), endpoint == null ? "" : shown(found));
    }

    private RequestSigner signer(Endpoint found, String signedRegion) {
        if (found.isLoopback()) {
            return RequestSigner.NONE;
        }
        String token = System.getenv(TOKEN);
        return token == null || token.isBlank()
                ? SigV4.of(found, awsProfile, signedRegion)
                : RequestSigner.bearer(TOKEN, token.strip());
    }

    private String shown(Endpoint found) {
        return " --endpoint " + Shell.quote(found.toString())
                + (awsProfile == null ? "" : " --aws-profile " + Shell.quote(awsProfile))
                + (region == null ? "" : " --region " + Shell.quote(region));
    }

    /**
     * An API and who calls it.
     *
     * @param shown the options that name it in a command that is shown, with a space before each; empty where the profile does
     */
    public record Api(Endpoint endpoint, RequestSigner signer, String shown) {

        /** Returns a client. */
        public AdminApi client() {
            return new AdminApi(endpoint, signer);
        }
    }
}
