package dev.resync.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import dev.resync.error.DatabaseFailed;
import dev.resync.error.DatabaseUnavailable;
import dev.resync.error.ResyncException;
import java.util.Set;
import org.bson.BsonMaximumSizeExceededException;

/** Gives the driver's errors the names that the state machines retry or not. */
public final class DatabaseErrors {

    /**
     * Codes after which the same call may go through (MongoDB server error codes): host unreachable, host not found, network
     * timeout, shutdown in progress, primary stepped down, exceeded time limit, socket exception, not writable primary,
     * interrupted at shutdown, interrupted due to replica state change, not primary no secondary ok, not primary or
     * secondary, write concern failed, read concern majority not available yet, write conflict, query plan killed.
     */
    private static final Set<Integer> TRANSIENT =
            Set.of(6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436, 64, 134, 112, 175);

    private DatabaseErrors() {}

    /** Returns the named error for a driver's exception, without documents and filters that the server quotes. */
    public static ResyncException named(MongoException e) {
        String message = ServerText.withoutValues(e);
        boolean isTransient = isTransient(e);
        // What may quote documents must not come back as the cause; what tells of the server's role does not.
        boolean quotes = !message.equals(e.getMessage()) && !(isTransient && e instanceof MongoCommandException);
        Throwable cause = quotes ? null : e;
        ResyncException named = isTransient
                ? new DatabaseUnavailable(
                        "The database did not answer as it should: " + message
                                + ". In a state machine the call is tried again; otherwise check the address, and that the database is up.",
                        cause)
                : new DatabaseFailed(
                        "The database refused an operation: " + message
                                + ". Check the permissions of the function and the state of the database.",
                        cause);
        if (quotes) {
            named.setStackTrace(e.getStackTrace());
        }
        return named;
    }

    /** Returns the named error for a document that no server would take; another try would meet it again. */
    public static ResyncException named(BsonMaximumSizeExceededException e) {
        return new DatabaseFailed(
                "A document is larger than the database allows: " + e.getMessage()
                        + ". Look for a document of nearly 16 MiB, or one with a very long key, and make it smaller.",
                e);
    }

    private static boolean isTransient(MongoException e) {
        return e instanceof MongoSocketException
                || e instanceof MongoTimeoutException
                || e instanceof MongoNotPrimaryException
                || e instanceof MongoInterruptedException
                || e instanceof MongoCursorNotFoundException
                || e instanceof MongoConnectionPoolClearedException
                || e instanceof MongoServerUnavailableException
                || e instanceof MongoWriteConcernException
                || (e instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null)
                || e.hasErrorLabel("RetryableWriteError")
                || e.hasErrorLabel("TransientTransactionError")
                || TRANSIENT.contains(e.getCode());
    }
}
