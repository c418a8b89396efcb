package dev.resync.cli.local;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The embedded server's memory, with renames and drops that nobody sees half done, as a database has them. Left to itself
 * the server drops the target of a rename before it renames, and a reader between the two finds nothing.
 */
final class EmbeddedBackend extends MemoryBackend {

    private static final Set<String> ALONE = Set.of("renameCollection", "drop", "dropDatabase");

    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    @Override
    public Document handleMessage(MongoMessage message) {
        String command = message.getDocument().keySet().iterator().next();
        Lock held = ALONE.contains(command) ? lock.writeLock() : lock.readLock();
        held.lock();
        try {
            return super.handleMessage(message);
        } finally {
            held.unlock();
        }
    }
}
