package dev.resync.cli.serve;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import dev.resync.error.DocumentsInvalid;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.json.JsonParseException;

/**
 * Documents as extended JSON, one a line, as mongoexport writes them; plain or compressed with gzip. Empty lines are passed
 * over.
 */
final class DocumentFile {

    private static final int BATCH = 1000;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final Path file;

    DocumentFile(Path file) {
        this.file = file;
    }

    /**
     * Inserts all documents in their order.
     *
     * @param loaded told now and then how many documents were inserted so far
     * @return number of documents
     * @throws DocumentsInvalid where the file cannot be read, or a line is no document: it names the line, from 1; the
     *     documents before it are in the collection
     */
    long insertInto(MongoCollection<BsonDocument> collection, LongConsumer loaded) {
        try (BufferedReader reader = reader()) {
            List<BsonDocument> batch = new ArrayList<>(BATCH);
            long documents = 0;
            long line = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (!text.isBlank()) {
                    batch.add(parse(text, line));
                }
                if (batch.size() == BATCH) {
                    documents += insert(collection, batch);
                    loaded.accept(documents);
                }
            }
            return documents + insert(collection, batch);
        } catch (IOException e) {
            throw new DocumentsInvalid(
                    "File " + file + " cannot be read: " + e + ". Name a file of JSON lines, plain or gzip.", e);
        }
    }

    private BsonDocument parse(String text, long line) {
        try {
            return BsonDocument.parse(text);
        } catch (JsonParseException | BsonInvalidOperationException e) {
            throw new DocumentsInvalid(
                    "Line " + line + " of " + file + " is no document: " + e.getMessage()
                            + ". Expected one JSON object a line (extended JSON). Mend the line and load again.",
                    e);
        }
    }

    private static int insert(MongoCollection<BsonDocument> collection, List<BsonDocument> batch) {
        int size = batch.size();
        if (size > 0) {
            collection.insertMany(batch, new InsertManyOptions().ordered(true));
            batch.clear();
        }
        return size;
    }

    private BufferedReader reader() throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        bytes.mark(2);
        boolean gzip = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
        bytes.reset();
        InputStream plain = gzip ? new GZIPInputStream(bytes) : bytes;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }
}
