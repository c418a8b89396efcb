package dev.resync.mapping;

import dev.resync.mapping.MappingResult.Quarantined;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** One bundle while it is mapped: the documents that count, and what the rules found out. For one thread. */
final class BundleView {

    private final BsonValue key;
    private final Map<String, BsonDocument> live;
    private final Instant runStart;
    private final List<List<BsonDocument>> documents;
    private final Map<SourceReader, List<BsonDocument>> found = new HashMap<>();
    private final List<MappingProblem> problems = new ArrayList<>();
    private final BitSet hits = new BitSet();
    private Map<String, Object> expressionInput;

    BundleView(Bundle bundle, Instant runStart, int sources) {
        this.key = bundle.key();
        this.live = bundle.live();
        this.runStart = runStart;
        this.documents = new ArrayList<>(Collections.nCopies(sources, List.of()));
    }

    BsonValue key() {
        return key;
    }

    /** Returns what live has of a target under this key; null where it has nothing. */
    BsonDocument live(String target) {
        return live.get(target);
    }

    Instant runStart() {
        return runStart;
    }

    void put(int index, SourceReader source, List<BsonDocument> kept) {
        documents.set(index, kept);
        if (!kept.isEmpty()) {
            found.put(source, kept);
        }
    }

    /** Returns the documents of a source that count, in the source's own order. */
    List<BsonDocument> documents(int source) {
        return documents.get(source);
    }

    /** Returns what expressions see; made when the first one asks, since most bundles meet none. */
    Map<String, Object> expressionInput() {
        if (expressionInput == null) {
            expressionInput = new TreeMap<>();
            found.forEach((source, kept) -> expressionInput.put(source.name(), source.expressionInput(kept)));
        }
        return expressionInput;
    }

    void hit(int rule) {
        hits.set(rule);
    }

    BitSet hits() {
        return hits;
    }

    void problem(MappingProblem problem) {
        if (problems.size() < Quarantined.MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    List<MappingProblem> problems() {
        return problems;
    }
}
