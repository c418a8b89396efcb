package dev.resync.snapshot;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.KeyPath;
import dev.resync.chunk.KeyRange;
import dev.resync.error.ChunkChanged;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.pace.Pace;
import dev.resync.store.BulkWriter;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Copies the documents of one range of {@code _id} byte by byte and proves the copy by reading it back. */
public final class RangeCopy {

    private static final String ID = "_id";
    private static final KeyPath ID_PATH = new KeyPath(ID);

    /** Each document is gone over twice: to copy it, and to prove the copy. */
    private static final double EACH_TIME = 0.5;

    /** Next to nothing, so that a chunk does not seem larger than it is. */
    private static final double COUNTED_BEFORE = 1e-6;

    private final MongoStore store;

    public RangeCopy(MongoStore store) {
        this.store = store;
    }

    /**
     * Copies a range.
     *
     * @param pace to be asked between documents
     * @return count and hash, the same of what was read and of what is in the copy
     * @throws ChunkChanged where the copy differs, because another attempt wrote to it meanwhile
     */
    public ContentHash copy(MongoNamespace from, MongoNamespace to, KeyRange range, Pace pace) {
        HashSum read = new HashSum();
        List<BsonValue> ids = new ArrayList<>();
        try (BulkWriter writer = BulkWriter.ofCopies(store, to)) {
            for (RawBsonDocument document : pace.over(store.find(from, range.filter(ID)), EACH_TIME)) {
                BsonValue id = ID_PATH.read(document);
                if (range.contains(id)) {
                    ids.add(id);
                    read.add(document);
                    writer.write(document);
                }
            }
        }
        ContentHash source = read.toContentHash();
        ContentHash copy = readBack(to, range, pace);
        if (!copy.equals(source)) {
            copy = withoutLeftOver(to, range, new HashSet<>(ids), pace);
        }
        if (!copy.equals(source)) {
            throw new ChunkChanged("The copy of a range of " + from.getFullName() + " holds " + copy.documents()
                    + " documents where " + source.documents() + " were read, or other ones. It is made again.");
        }
        return source;
    }

    private ContentHash readBack(MongoNamespace copy, KeyRange range, Pace pace) {
        HashSum found = new HashSum();
        for (RawBsonDocument document : pace.over(store.find(copy, range.filter(ID)), EACH_TIME)) {
            if (range.contains(ID_PATH.read(document))) {
                found.add(document);
            }
        }
        return found.toContentHash();
    }

    /** An earlier attempt may have copied documents that have since been deleted; they differ from what was read now. */
    private ContentHash withoutLeftOver(MongoNamespace copy, KeyRange range, Set<BsonValue> ids, Pace pace) {
        HashSum found = new HashSum();
        BsonArray leftOver = new BsonArray();
        for (RawBsonDocument document : pace.over(store.find(copy, range.filter(ID)), COUNTED_BEFORE)) {
            BsonValue id = ID_PATH.read(document);
            if (!range.contains(id)) {
                continue;
            }
            if (ids.contains(id)) {
                found.add(document);
            } else {
                leftOver.add(id);
            }
        }
        if (!leftOver.isEmpty()) {
            store.raw(copy).deleteMany(new BsonDocument(ID, new BsonDocument("$in", leftOver)));
        }
        return found.toContentHash();
    }
}
