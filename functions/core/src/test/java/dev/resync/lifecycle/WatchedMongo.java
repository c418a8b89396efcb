package dev.resync.lifecycle;

import com.mongodb.client.MongoClient;
import dev.resync.fixture.MongoProxy;
import dev.resync.fixture.MongoProxy.Call;
import java.util.Set;
import java.util.function.Consumer;

/** A client that tells of every operation before it is sent, on the thread that sends it. */
final class WatchedMongo {

    private static final Set<String> READS =
            Set.of("find", "aggregate", "countDocuments", "listIndexes", "listCollections", "listCollectionNames");

    private final Consumer<String> listener;
    private final MongoClient client;

    /**
     * @param real does the work
     * @param listener told the name of the driver's method
     */
    WatchedMongo(MongoClient real, Consumer<String> listener) {
        this.listener = listener;
        this.client = MongoProxy.around(real, this::around);
    }

    MongoClient client() {
        return client;
    }

    private Object around(Call call) throws Throwable {
        if (MongoProxy.writes(call.name()) || READS.contains(call.name())) {
            listener.accept(call.name());
        }
        return call.proceed();
    }
}
