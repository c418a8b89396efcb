package dev.resync.bench.measure;

import com.mongodb.MongoNamespace;
import dev.resync.bench.contender.Ground;
import dev.resync.hash.ContentHash;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.TargetPlan;
import dev.resync.run.CollectionKind;
import dev.resync.run.RunCollectionName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the embedded server's missing index ranges make it do: it goes through a whole collection for every chunk. Documents are
 * counted, from the queries that were sent. Their time is not estimated: a query that finds nothing costs another time a document
 * than one that finds some, and estimates made from it came to more than all that the server spent.
 */
final class ServerScans {

    private final Map<String, Long> documents = new HashMap<>();
    private final Ground ground;

    ServerScans(Ground ground) {
        this.ground = ground;
        for (SourcePlan source : ground.plan().sources()) {
            documents.put(source.namespace().getFullName(), size(source.namespace()));
        }
        for (TargetPlan target : ground.plan().targets()) {
            documents.put(
                    target.namespace().getFullName(),
                    ground.before().get(target.name()).documents());
        }
    }

    private long size(MongoNamespace namespace) {
        return ground.bare().store().size(namespace).documents();
    }

    /** Returns the documents that the queries made the server go through, without those that any server must look at. */
    long extra(Map<String, Integer> rangeReads) {
        long extra = 0;
        for (Map.Entry<String, Integer> read : rangeReads.entrySet()) {
            String collection = read.getKey().substring(read.getKey().indexOf('.') + 1);
            Optional<RunCollectionName> ofRun = RunCollectionName.parse(collection);
            long size = ofRun.map(this::sizeOf).orElse(documents.getOrDefault(read.getKey(), 0L));
            long times = read.getValue() - 1L;
            // One that is being written has, on average, half of its documents.
            boolean growing =
                    ofRun.filter(name -> name.state().startsWith("open")).isPresent();
            extra += growing ? size * times / 2 : size * times;
        }
        return extra;
    }

    private long sizeOf(RunCollectionName name) {
        if (!name.kind().perTarget()) {
            return name.kind() == CollectionKind.STAGING ? ground.keys().size() : 0;
        }
        String target = ground.plan().targets().get(name.target()).name();
        Map<String, ContentHash> contents = name.kind() == CollectionKind.SNAPSHOT
                ? ground.before()
                : ground.wanted().hashes();
        return contents.get(target).documents();
    }
}
