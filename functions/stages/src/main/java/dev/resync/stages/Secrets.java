package dev.resync.stages;

import dev.resync.error.DatabaseUnavailable;
import dev.resync.error.EnvironmentInvalid;
import jakarta.inject.Singleton;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Secrets of AWS Secrets Manager. */
@Singleton
final class Secrets {

    /** What no second attempt mends. */
    private static final Set<String> FAULTS_OF_THE_DEPLOYMENT = Set.of(
            "AccessDeniedException", "ResourceNotFoundException", "InvalidRequestException", "DecryptionFailure");

    private final SecretsManagerClient client;

    Secrets(SecretsManagerClient client) {
        this.client = client;
    }

    /**
     * Returns the text of a secret as it is now.
     *
     * @param arn its ARN
     * @throws EnvironmentInvalid where there is no such secret, it holds no text, or this function may not read it
     * @throws DatabaseUnavailable where the service does not answer; tried again
     */
    String text(String arn) {
        String text;
        try {
            text = client.getSecretValue(request -> request.secretId(arn)).secretString();
        } catch (AwsServiceException e) {
            String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
            if (FAULTS_OF_THE_DEPLOYMENT.contains(code)) {
                throw invalid(
                        arn,
                        "cannot be read (" + code + "); check that it exists and that the function's role may"
                                + " read it and use its key");
            }
            throw unavailable(arn, e);
        } catch (SdkException e) {
            throw unavailable(arn, e);
        }
        if (text == null || text.isBlank()) {
            throw invalid(arn, "holds no text; expected the connection string as text, not as binary");
        }
        return text.strip();
    }

    private static EnvironmentInvalid invalid(String arn, String what) {
        return new EnvironmentInvalid(
                "This deployment's RESYNC_MONGO_SECRET_ARN names " + arn + ", which " + what + ".");
    }

    private static DatabaseUnavailable unavailable(String arn, SdkException e) {
        return new DatabaseUnavailable(
                "Secrets Manager did not answer, so the connection string in " + arn + " is not known: "
                        + e.getMessage() + ". The call is tried again.",
                e);
    }
}
