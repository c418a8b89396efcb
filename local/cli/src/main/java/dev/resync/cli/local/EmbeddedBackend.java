package dev.resync.cli.local;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The embedded server's memory, with renames and drops that nobody sees half done, and with documents
 * that are replaced as they are given, as a database has them. Left to itself
 * the server drops the target of a rename before it renames, and a reader between the two finds nothing.
 */
final class EmbeddedBackend extends MemoryBackend {

    private static final Set<String> ALONE = Set.of("renameCollection", "drop", "dropDatabase");

    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    @Override
    public Document handleMessage(MongoMessage message) {
        Document body = message.getDocument();
        List<Document> replacements = replacements(body);
        boolean alone = ALONE.contains(body.keySet().iterator().next()) || !replacements.isEmpty();
        Lock held = alone ? lock.writeLock() : lock.readLock();
        held.lock();
        try {
            Document answer = super.handleMessage(message);
            replacements.forEach(update -> order(message.getDatabaseName(), (String) body.get("update"), update));
            return answer;
        } finally {
            held.unlock();
        }
    }

    /** Returns the updates of one document by its key that put another in its place. */
    private static List<Document> replacements(Document body) {
        return body.get("updates") instanceof Collection<?> updates
                ? updates.stream()
                        .map(Document.class::cast)
                        .filter(update -> update.get("u") instanceof Document with
                                && with.keySet().stream().noneMatch(field -> field.startsWith("$"))
                                && ((Document) update.get("q")).containsKey("_id"))
                        .toList()
                : List.of();
    }

    /** The server leaves the fields of a replaced document where they stood, and changes nothing where only their order does. */
    private void order(String database, String collection, Document update) {
        MongoCollection<?> documents = resolveDatabase(database).resolveCollection(collection, false);
        Object id = ((Document) update.get("q")).get("_id");
        if (documents == null || id instanceof Document) {
            return;
        }
        Document wanted = new Document("_id", id);
        wanted.putAll((Document) update.get("u"));
        for (Document stored : documents.handleQuery(new Document("_id", id))) {
            boolean written = stored.keySet().equals(wanted.keySet())
                    && wanted.keySet().stream().allMatch(field -> Objects.equals(stored.get(field), wanted.get(field)));
            if (written && !List.copyOf(stored.keySet()).equals(List.copyOf(wanted.keySet()))) {
                documents.removeDocument(stored);
                documents.addDocument(wanted);
            }
        }
    }
}
