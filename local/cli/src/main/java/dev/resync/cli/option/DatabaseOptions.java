package dev.resync.cli.option;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.error.RequestInvalid;
import dev.resync.store.DatabaseErrors;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import picocli.CommandLine.Option;

/** Where the database is. */
public final class DatabaseOptions {

    private static final String VARIABLE = "RESYNC_MONGO_URI";
    /** A third of the driver's own: a person waits for the answer. A URI may say otherwise. */
    private static final int SELECTION_SECONDS = 10;

    @Option(
            names = "--mongo-uri",
            paramLabel = "URI",
            defaultValue = "${env:" + VARIABLE + "}",
            description = "Connection string of the database. May be given in the variable " + VARIABLE + " instead.")
    private String uri;

    /** Returns whether a database was named at all. */
    public boolean given() {
        return uri != null && !uri.isBlank();
    }

    /** Returns whether it was named in the command, rather than by a variable that is there for all commands. */
    public boolean typed() {
        return given() && !uri.equals(System.getenv(VARIABLE));
    }

    /**
     * Returns a client of a database that answers.
     *
     * @throws RequestInvalid where the connection string is missing or wrong; its text is never shown
     * @throws dev.resync.error.DatabaseUnavailable where nothing answers
     */
    public MongoClient open() {
        ConnectionString connection = connection();
        MongoClient client = MongoClients.create(MongoClientSettings.builder()
                .applicationName("resync")
                .retryReads(true)
                .retryWrites(true)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS))
                .applyConnectionString(connection)
                .build());
        try {
            client.getDatabase("admin").runCommand(new BsonDocument("ping", new BsonInt32(1)));
            return client;
        } catch (MongoException unanswered) {
            client.close();
            throw DatabaseErrors.named(unanswered);
        }
    }

    /** Returns how to name the same database in a command that is shown: never with a password. */
    public String shown() {
        boolean secret = connection().getCredential() != null
                || uri.toLowerCase(Locale.ROOT).contains("password");
        return secret ? "\"$" + VARIABLE + "\"" : Shell.quote(uri);
    }

    private ConnectionString connection() {
        if (uri == null || uri.isBlank()) {
            throw new RequestInvalid("--mongo-uri is missing; expected a connection string such as"
                    + " mongodb://host:port. It may be given in the variable " + VARIABLE + " instead.");
        }
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException e) {
            throw new RequestInvalid("--mongo-uri is no connection string that the driver accepts; expected"
                    + " mongodb://user:password@host:port,host:port/?options. Special characters in user and password"
                    + " must be percent-encoded.");
        }
    }
}
