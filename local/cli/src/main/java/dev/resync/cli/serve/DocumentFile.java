package dev.resync.cli.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import dev.resync.error.DocumentsInvalid;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.bson.BsonDocument;

/**
 * Documents as extended JSON in UTF-8, one a line, as mongoexport writes them; plain or compressed with gzip. Empty lines are
 * passed over.
 */
final class DocumentFile {

    private static final int BATCH = 1000;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    /** The driver's parser is lenient: it takes the first document of a line and drops the rest. */
    private static final ObjectReader STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final Path file;

    DocumentFile(Path file) {
        this.file = file;
    }

    /**
     * Inserts all documents in their order.
     *
     * @param loaded told now and then how many documents were inserted so far
     * @return number of documents
     * @throws DocumentsInvalid where the file cannot be read, a line is no document, or the database refuses one: it names
     *     the line, from 1; documents of lines before it may be in the collection
     */
    long insertInto(MongoCollection<BsonDocument> collection, LongConsumer loaded) {
        long line = 0;
        try (BufferedReader reader = reader()) {
            List<BsonDocument> batch = new ArrayList<>(BATCH);
            List<Long> lines = new ArrayList<>(BATCH);
            long documents = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (!text.isBlank()) {
                    batch.add(parse(text, line));
                    lines.add(line);
                }
                if (batch.size() == BATCH) {
                    documents += insert(collection, batch, lines);
                    loaded.accept(documents);
                }
            }
            return documents + insert(collection, batch, lines);
        } catch (CharacterCodingException e) {
            // A reader decodes ahead of the line that it gives.
            throw new DocumentsInvalid(
                    "File " + file + " is not UTF-8, at or after line " + (line + 1)
                            + ". Convert it to UTF-8 and load again.",
                    e);
        } catch (IOException e) {
            throw new DocumentsInvalid(
                    "File " + file + " cannot be read: " + e + ". Name a file of JSON lines, plain or gzip.", e);
        }
    }

    private BsonDocument parse(String text, long line) {
        try {
            if (!STRICT.readTree(text).isObject()) {
                throw invalid(line, "it is no object", null);
            }
            return BsonDocument.parse(text);
        } catch (JsonProcessingException e) {
            throw invalid(line, e.getOriginalMessage(), e);
        } catch (DocumentsInvalid e) {
            throw e;
        } catch (RuntimeException e) {
            // The driver's parser raises whatever its parts raise, for an ObjectId or a date that is none, for
            // instance.
            throw invalid(line, e.getMessage(), e);
        }
    }

    private DocumentsInvalid invalid(long line, String why, Exception cause) {
        return new DocumentsInvalid(
                "Line " + line + " of " + file + " is no document: " + why
                        + ". Expected one JSON object a line (extended JSON). Mend the line and load again.",
                cause);
    }

    private int insert(MongoCollection<BsonDocument> collection, List<BsonDocument> batch, List<Long> lines) {
        int size = batch.size();
        try {
            if (size > 0) {
                collection.insertMany(batch);
            }
        } catch (MongoBulkWriteException e) {
            long line = lines.get(e.getWriteErrors().get(0).getIndex());
            throw new DocumentsInvalid(
                    "Line " + line + " of " + file + " cannot be inserted: "
                            + e.getWriteErrors().get(0).getMessage() + ". Mend the line and load again.",
                    e);
        }
        batch.clear();
        lines.clear();
        return size;
    }

    private BufferedReader reader() throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        bytes.mark(2);
        boolean gzip = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
        bytes.reset();
        InputStream plain = gzip ? new GZIPInputStream(bytes) : bytes;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
    }
}
