package dev.resync.stages;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/**
 * The client of the database, made by the first call that needs it.
 *
 * <p>Not the client that Quarkus makes: that one comes in a pair with a reactive one, both connect while the function
 * starts, and both go to localhost where no database is named.
 */
@Singleton
final class Database {

    private final Settings settings;
    private final Secrets secrets;
    private MongoClient client;

    Database(Settings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /**
     * Returns the client. It retries reads and writes once, unless the connection string says no, as Amazon DocumentDB needs
     * it for writes.
     *
     * @throws dev.resync.error.EnvironmentInvalid where the deployment names no database, or no file of authorities that can
     *     be read
     * @throws dev.resync.error.DatabaseUnavailable where the secret with the connection string cannot be read now
     */
    synchronized MongoClient client() {
        if (client == null) {
            MongoClientSettings.Builder builder = MongoClientSettings.builder()
                    .applicationName("resync")
                    .retryReads(true)
                    .retryWrites(true)
                    .applyConnectionString(settings.database(secrets));
            settings.certificateBundle()
                    .map(CertificateBundle::trusting)
                    .ifPresent(context ->
                            builder.applyToSslSettings(tls -> tls.enabled(true).context(context)));
            client = MongoClients.create(builder.build());
        }
        return client;
    }

    @PreDestroy
    synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
