package dev.resync.lifecycle;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Consumer;

/** A client that tells of every operation before it is sent, on the thread that sends it. */
final class WatchedMongo {

    private static final Set<String> WRITES = Set.of(
            "insertOne",
            "insertMany",
            "updateOne",
            "updateMany",
            "replaceOne",
            "findOneAndUpdate",
            "bulkWrite",
            "deleteOne",
            "deleteMany",
            "drop",
            "renameCollection",
            "runCommand");
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
        this.client = wrap(MongoClient.class, real);
    }

    MongoClient client() {
        return client;
    }

    static boolean writes(String operation) {
        return WRITES.contains(operation);
    }

    private <T> T wrap(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> invoke(real, method, arguments)));
    }

    private Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
        if (WRITES.contains(method.getName()) || READS.contains(method.getName())) {
            listener.accept(method.getName());
        }
        Object answer;
        try {
            answer = method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (answer instanceof MongoDatabase database) {
            return wrap(MongoDatabase.class, database);
        }
        return answer instanceof MongoCollection<?> collection ? wrap(MongoCollection.class, collection) : answer;
    }
}
