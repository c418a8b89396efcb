package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.DatabaseUnavailable;
import dev.resync.error.EnvironmentInvalid;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SecretsTest {

    private static final String ARN = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:resync-AbCdEf";

    private final FakeAws service = new FakeAws();
    private final SecretsManagerClient client = SecretsManagerClient.builder()
            .endpointOverride(service.endpoint())
            .region(Region.EU_WEST_2)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(override -> override.retryStrategy(strategy -> strategy.maxAttempts(1)))
            .build();
    private final Secrets secrets = new Secrets(client);
    private final Settings settings = Deployed.with(Map.of("resync.mongo-secret-arn", ARN));

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    @Test
    void theConnectionStringIsReadFromTheSecret() {
        service.answer("{\"SecretString\": \"mongodb://me:secret@db1:27018\\n\"}");
        assertThat(settings.database(secrets).getHosts()).containsExactly("db1:27018");
        assertThat(service.asked()).hasSize(1);
        assertThat(service.asked().get(0).action()).isEqualTo("GetSecretValue");
        assertThat(service.asked().get(0).body().path("SecretId").asText()).isEqualTo(ARN);
    }

    @ParameterizedTest
    @CsvSource({
        "AccessDeniedException, true",
        "ResourceNotFoundException, true",
        "DecryptionFailure, true",
        "InternalServiceError, false",
        "ThrottlingException, false"
    })
    void whatNoSecondAttemptMendsIsAFaultOfTheDeployment(String code, boolean fault) {
        service.refuse(code);
        assertThatThrownBy(() -> settings.database(secrets))
                .isInstanceOf(fault ? EnvironmentInvalid.class : DatabaseUnavailable.class)
                .hasMessageContaining(ARN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"SecretBinary\": \"AAAA\"} | holds no text",
                "{\"SecretString\": \"me:hidden@x\"} | is no connection string"
            })
    void whatIsNoConnectionStringIsRefusedWithoutShowingIt(String answer, String expected) {
        service.answer(answer);
        assertThatThrownBy(() -> settings.database(secrets))
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageContaining("RESYNC_MONGO_SECRET_ARN")
                .hasMessageContaining(expected)
                .hasNoCause()
                .message()
                .doesNotContain("hidden");
    }
}
