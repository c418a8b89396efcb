package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.plan.PlanReader;
import dev.resync.plan.TargetPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;

/** One pass over a document counts what looking for each field by itself would. */
class PresenceCounterTest {

    private static final int DOCUMENTS = 2_000;

    private final Random random = new Random(7);

    @Test
    void countsAsIfEachFieldWereLookedForByItself() throws IOException {
        for (TargetPlan target : new PlanReader()
                .read("revalidation", Files.readString(Path.of("..", "..", "plans", "revalidation.json")))
                .targets()) {
            PresenceCounter counter = new PresenceCounter(target);
            Map<String, long[]> expected = new LinkedHashMap<>();
            List<String> ids =
                    counter.fields().stream().map(PresenceCounter.Field::id).toList();
            assertThat(ids).hasSizeGreaterThan(10);
            for (int i = 0; i < DOCUMENTS; i++) {
                BsonDocument document = document(target, ids);
                ids.forEach(id -> look(document, id.substring(target.name().length() + 1), counts(expected, id)));
                counter.count(random.nextBoolean() ? new RawBsonDocument(document, new BsonDocumentCodec()) : document);
            }
            for (PresenceCounter.Field field : counter.fields()) {
                assertThat(new long[] {field.values(), field.total()})
                        .as(field.id())
                        .isEqualTo(counts(expected, field.id()));
                assertThat(field.values()).as(field.id()).isPositive();
            }
        }
    }

    private static long[] counts(Map<String, long[]> expected, String id) {
        return expected.computeIfAbsent(id, any -> new long[2]);
    }

    private static void look(BsonDocument document, String path, long[] counts) {
        int array = path.indexOf("[].");
        if (array < 0) {
            count(document, path, counts);
            return;
        }
        BsonValue elements = read(document, path.substring(0, array));
        if (elements != null && elements.isArray()) {
            elements.asArray().stream()
                    .filter(BsonValue::isDocument)
                    .forEach(element -> count(element.asDocument(), path.substring(array + 3), counts));
        }
    }

    private static void count(BsonDocument document, String path, long[] counts) {
        BsonValue value = read(document, path);
        boolean empty = value == null
                || value.isNull()
                || (value.isArray() && value.asArray().isEmpty());
        counts[0] += empty ? 0 : 1;
        counts[1]++;
    }

    private static BsonValue read(BsonDocument document, String path) {
        BsonValue value = document;
        for (String step : path.split("\\.")) {
            value = value != null && value.isDocument() ? value.asDocument().get(step) : null;
        }
        return value;
    }

    /** Some fields, in any order, with values of any kind; arrays with elements that are documents and others. */
    private BsonDocument document(TargetPlan target, List<String> ids) {
        BsonDocument document = new BsonDocument("_id", new BsonInt32(random.nextInt()));
        for (int i = 0; i < ids.size(); i++) {
            String path =
                    ids.get(random.nextInt(ids.size())).substring(target.name().length() + 1);
            int array = path.indexOf("[].");
            if (array < 0) {
                put(document, path, value(2));
            } else {
                BsonArray elements = new BsonArray();
                for (int e = random.nextInt(4); e > 0; e--) {
                    BsonDocument element = new BsonDocument("other", BsonBoolean.TRUE);
                    put(element, path.substring(array + 3), value(1));
                    elements.add(random.nextInt(5) == 0 ? value(0) : element);
                }
                put(document, path.substring(0, array), elements);
            }
        }
        return document;
    }

    private static void put(BsonDocument document, String path, BsonValue value) {
        String[] steps = path.split("\\.");
        BsonDocument at = document;
        for (int i = 0; i < steps.length - 1; i++) {
            BsonValue below = at.get(steps[i]);
            if (below == null || !below.isDocument()) {
                below = new BsonDocument();
                at.put(steps[i], below);
            }
            at = below.asDocument();
        }
        at.put(steps[steps.length - 1], value);
    }

    private BsonValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> BsonNull.VALUE;
            case 1 -> new BsonInt32(random.nextInt());
            case 2 -> new BsonString("x");
            case 3 -> BsonBoolean.FALSE;
            case 4 -> random.nextBoolean() ? new BsonArray() : new BsonArray(List.of(value(depth - 1)));
            default -> new BsonDocument("some", value(depth - 1));
        };
    }
}
