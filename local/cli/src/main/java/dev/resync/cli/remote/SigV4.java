package dev.resync.cli.remote;

import dev.resync.error.AccessDenied;
import dev.resync.error.RequestInvalid;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Signs requests to API Gateway with the caller's AWS credentials (Signature Version 4). */
public final class SigV4 implements RequestSigner {

    private static final String SERVICE = "execute-api";
    /** The client sets it from the address. */
    private static final String HOST = "host";

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final AwsCredentialsProvider credentials;
    private final String region;
    private final Clock clock;

    /**
     * @param credentials asked for each request, so that those that expire are renewed
     * @param region of the API
     */
    public SigV4(AwsCredentialsProvider credentials, String region, Clock clock) {
        this.credentials = credentials;
        this.region = region;
        this.clock = clock;
    }

    /**
     * Returns one with the ordinary credential chain of AWS.
     *
     * @param endpoint whose name may hold the region
     * @param profile of the AWS configuration; null for the chain's own
     * @param region as given; null for the endpoint's, or else the chain's
     * @throws RequestInvalid where no region can be found
     */
    public static SigV4 of(Endpoint endpoint, String profile, String region) {
        DefaultCredentialsProvider.Builder credentials =
                DefaultCredentialsProvider.builder().asyncCredentialUpdateEnabled(false);
        if (profile != null) {
            credentials.profileName(profile);
        }
        String found = region == null ? endpoint.region().orElseGet(() -> chained(endpoint, profile)) : region;
        return new SigV4(credentials.build(), found, Clock.systemUTC());
    }

    private static String chained(Endpoint endpoint, String profile) {
        try {
            DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
            return (profile == null ? chain : chain.profileName(profile))
                    .build()
                    .getRegion()
                    .id();
        } catch (SdkClientException none) {
            throw new RequestInvalid("--region is missing; expected the region of " + endpoint
                    + ", whose name does not say it, nor does the AWS configuration. Nothing was sent.");
        }
    }

    @Override
    public Map<String, String> headers(ApiRequest request) {
        SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .uri(request.uri());
        request.headers().forEach(unsigned::putHeader);
        SdkHttpRequest signed = signer.sign(sign -> sign.identity(identity())
                        .request(unsigned.build())
                        .payload(() -> new ByteArrayInputStream(request.body()))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                .request();
        Map<String, String> added = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        signed.headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HOST) && !request.headers().containsKey(name)) {
                added.put(name, values.get(0));
            }
        });
        return added;
    }

    private AwsCredentialsIdentity identity() {
        try {
            return credentials.resolveCredentials();
        } catch (SdkClientException none) {
            throw new AccessDenied("No AWS credentials were found to sign with: " + none.getMessage()
                    + " Sign in (such as `aws sso login`), or name a profile with --aws-profile. Nothing was sent.");
        }
    }
}
