package dev.resync.seal;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkStage;
import dev.resync.error.SealMismatch;
import dev.resync.hash.ContentHash;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.Sealed;
import dev.resync.stage.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonDocument;

/**
 * Renames the collections that a stage wrote to names that no chunk writer knows, then reads them whole and compares each
 * chunk's part with what the chunk said of itself. Rename first, proof second: after the rename nobody can write any more,
 * so what is proven stays so.
 *
 * <p>Where a part differs (a doubled attempt wrote after the chunk was done), all collections of the stage go back to new
 * open names and those chunks are done again, at most {@value #MAX_GENERATIONS} times.
 */
public final class Seal {

    /** How often chunks are sent back before the run fails. */
    static final int MAX_GENERATIONS = 3;

    private final StageContext context;

    public Seal(StageContext context) {
        this.context = context;
    }

    /**
     * Seals what a stage wrote.
     *
     * @param chunks all chunks of the stage, done
     * @param parts the collections that the stage wrote, each with how to find a document's chunk
     * @return the run with its sealed collections; empty where chunks were sent back and must be done again
     * @throws SealMismatch where they were sent back too often
     */
    public Optional<Run> seal(Run run, ChunkStage stage, List<Chunk> chunks, List<SealPart> parts) {
        Map<String, Sealed> sealed = new TreeMap<>();
        Set<Integer> wrong = new TreeSet<>();
        for (SealPart part : parts) {
            Sealed before = run.sealedAs(part.collection());
            if (before != null) {
                sealed.put(part.collection().key(), before);
                continue;
            }
            rename(run, stage, part);
            judge(part, chunks, sealed, wrong);
        }
        boolean fresh = parts.stream().noneMatch(part -> run.sealedAs(part.collection()) != null);
        if (wrong.isEmpty() && fresh && run.openGeneration(stage) < MAX_GENERATIONS) {
            // After the last try the copy is kept as it is, and the drift gate has the word.
            parts.forEach(part -> wrong.addAll(changedSince(part, chunks)));
        }
        if (!wrong.isEmpty()) {
            sendBack(run, stage, chunks, parts, wrong);
            return Optional.empty();
        }
        Run recorded = run;
        for (Map.Entry<String, Sealed> entry : sealed.entrySet()) {
            recorded = context.runs().updateOnce(run, "sealed." + entry.getKey(), entry.getValue());
        }
        context.checkpoints().reached("seal:recorded:" + stage);
        return Optional.of(recorded);
    }

    private void rename(Run run, ChunkStage stage, SealPart part) {
        String nonce = String.format("%08x", context.random().nextInt());
        context.checkpoints().reached("seal:before-rename:" + part.collection().key());
        context.store()
                .renameIfThere(
                        part.collection().open(run.openGeneration(stage)),
                        part.collection().sealed(nonce));
        context.checkpoints().reached("seal:after-rename:" + part.collection().key());
    }

    /** Takes the sealed name whose content is right; there is more than one only where a stray was sealed, too. */
    private void judge(SealPart part, List<Chunk> chunks, Map<String, Sealed> sealed, Set<Integer> wrong) {
        Map<Integer, ContentHash> expected = part.expected(chunks);
        Set<Integer> differing = new TreeSet<>(expected.keySet());
        for (MongoNamespace candidate : candidates(part.collection())) {
            Map<Integer, ContentHash> found = part.read(context.store().raw(candidate));
            differing = differences(expected, found);
            if (differing.isEmpty()) {
                sealed.put(part.collection().key(), new Sealed(candidate.getFullName(), part.total(chunks)));
                return;
            }
        }
        wrong.addAll(differing.isEmpty() ? List.of(0) : differing);
    }

    /** Chunks whose original others have changed since they were copied. */
    private Set<Integer> changedSince(SealPart part, List<Chunk> chunks) {
        return part.copyOf() == null
                ? Set.of()
                : differences(part.expected(chunks), part.read(context.store().raw(part.copyOf())));
    }

    private List<MongoNamespace> candidates(RunCollection collection) {
        return context.store().collectionNames(collection.database(), collection.sealedPrefix()).stream()
                .map(name -> new MongoNamespace(collection.database(), name))
                .toList();
    }

    private static Set<Integer> differences(Map<Integer, ContentHash> expected, Map<Integer, ContentHash> found) {
        Set<Integer> all = new TreeSet<>(expected.keySet());
        all.addAll(found.keySet());
        all.removeIf(index ->
                expected.getOrDefault(index, ContentHash.EMPTY).equals(found.getOrDefault(index, ContentHash.EMPTY)));
        return all;
    }

    private void sendBack(Run run, ChunkStage stage, List<Chunk> chunks, List<SealPart> parts, Set<Integer> wrong) {
        int next = run.openGeneration(stage) + 1;
        if (next > MAX_GENERATIONS) {
            throw new SealMismatch("Chunks " + wrong + " of " + stage.function() + " in run " + run.id()
                    + " still do not hold what they wrote after " + MAX_GENERATIONS
                    + " further tries. Look for another writer to collections that start with "
                    + RunCollection.prefixOf(run.shortId()) + ", then start a new run.");
        }
        if (!context.runs().raiseGeneration(run, stage)) {
            return;
        }
        for (SealPart part : parts) {
            reopen(part.collection(), next);
        }
        List<Chunk> again = new ArrayList<>(chunks);
        again.removeIf(chunk -> !wrong.contains(chunk.index()));
        context.chunks().reopen(again.isEmpty() ? chunks : again);
    }

    private void reopen(RunCollection collection, int generation) {
        for (MongoNamespace candidate : candidates(collection)) {
            // The first candidate becomes the open one; a stray is left behind for the sweeper.
            if (context.store().renameIfThere(candidate, collection.open(generation))) {
                return;
            }
        }
        context.store().create(collection.open(generation), new BsonDocument());
    }
}
