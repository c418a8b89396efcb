package dev.resync.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.resync.mapping.ShortText;
import dev.resync.plan.Sensitivity;
import dev.resync.plan.value.BsonOrder;
import dev.resync.store.ControlJson;
import dev.resync.verify.Difference.Example;
import java.util.List;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Counts, and keeps the examples of the lowest keys, so that the same documents give the same ones. */
final class ExampleTally {

    private static final int MOST = 3;

    private static final int LONGEST_KEY = 100;

    private final boolean keyHidden;
    private final int most;
    private final TreeMap<BsonValue, Example> examples = new TreeMap<>(BsonOrder.INSTANCE);
    private long count;

    ExampleTally(boolean keyHidden) {
        this(keyHidden, MOST);
    }

    private ExampleTally(boolean keyHidden, int most) {
        this.keyHidden = keyHidden;
        this.most = most;
    }

    /** Returns one that counts alone: it stands for many fields, and which of them gave an example would be chance. */
    static ExampleTally withoutExamples() {
        return new ExampleTally(true, 0);
    }

    /** Counts one; the first of several of one key is its example. */
    void count(BsonValue key, BsonValue before, BsonValue after, boolean hidden) {
        count++;
        // The text of a large value is made only where it is kept.
        if (mayKeep(key)) {
            examples.put(key, new Example(shown(key), shown(before, hidden), shown(after, hidden)));
            if (examples.size() > most) {
                examples.pollLastEntry();
            }
        }
    }

    private boolean mayKeep(BsonValue key) {
        if (examples.size() < most) {
            return !examples.containsKey(key);
        }
        return most > 0 && BsonOrder.INSTANCE.compare(key, examples.lastKey()) < 0 && !examples.containsKey(key);
    }

    /** Adds what another one has counted. */
    void add(ExampleTally other) {
        count += other.count;
    }

    private JsonNode shown(BsonValue key) {
        if (keyHidden) {
            return new TextNode(Sensitivity.HIDDEN);
        }
        JsonNode json =
                ControlJson.fromBson(new BsonDocument("v", key), JsonNode.class).get("v");
        return json.toString().length() <= LONGEST_KEY ? json : new TextNode(ShortText.of(key));
    }

    private static String shown(BsonValue value, boolean hidden) {
        return value == null || value.isNull() ? null : hidden ? Sensitivity.HIDDEN : ShortText.of(value);
    }

    long count() {
        return count;
    }

    /** Returns the examples in the order of their keys. */
    List<Example> examples() {
        return List.copyOf(examples.values());
    }
}
