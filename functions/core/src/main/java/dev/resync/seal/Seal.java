package dev.resync.seal;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkStage;
import dev.resync.error.SealMismatch;
import dev.resync.hash.ContentHash;
import dev.resync.pace.RunWatch;
import dev.resync.run.Nonce;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.Sealed;
import dev.resync.stage.OpenCollections;
import dev.resync.stage.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
    private final OpenCollections open;

    public Seal(StageContext context) {
        this.context = context;
        this.open = new OpenCollections(context);
    }

    /**
     * Returns whether an earlier call sent chunks back that are not done again yet: it may have died before it could say so.
     */
    public boolean awaits(Run run, ChunkStage stage) {
        return run.openGeneration(stage) > 0
                && context.chunks().all(run.id(), run.epoch(), stage).stream().anyMatch(chunk -> !chunk.done());
    }

    /**
     * Seals what a stage wrote.
     *
     * @param chunks all chunks of the stage, done
     * @param parts the collections that the stage wrote, each with how to find a document's chunk
     * @param watch asked between documents
     * @return the run with its sealed collections; empty where chunks were sent back and must be done again
     * @throws SealMismatch where they were sent back too often
     */
    public Optional<Run> seal(Run run, ChunkStage stage, List<Chunk> chunks, List<SealPart> parts, RunWatch watch) {
        // All parts are recorded in one step, so that the first one speaks for all.
        if (parts.isEmpty() || run.sealedAs(parts.get(0).collection()) != null) {
            return Optional.of(run);
        }
        Map<String, Sealed> sealed = new TreeMap<>();
        Map<String, MongoNamespace> judged = new TreeMap<>();
        Set<Integer> wrong = new TreeSet<>();
        int generation = run.openGeneration(stage);
        for (SealPart part : parts) {
            rename(part, generation);
            judge(part, generation, chunks, watch, judged, wrong);
            if (judged.containsKey(part.key())) {
                sealed.put(part.key(), new Sealed(judged.get(part.key()).getFullName(), part.total(chunks)));
            }
        }
        if (wrong.isEmpty() && generation < MAX_GENERATIONS) {
            // After the last try the copy is kept as it is, and the drift gate has the word.
            parts.forEach(part -> wrong.addAll(changedSince(part, chunks, watch)));
        }
        if (!wrong.isEmpty()) {
            sendBack(run, stage, chunks, parts, judged, wrong);
            return Optional.empty();
        }
        Optional<Run> recorded = context.runs().recordSealed(run, stage, sealed);
        context.checkpoints().reached("seal:recorded:" + stage);
        return recorded;
    }

    private void rename(SealPart part, int generation) {
        // Only what nobody has sealed yet: an open name that is there again afterwards is a stray.
        if (candidates(part, generation).isEmpty()) {
            rename(part, part.collection().open(generation), generation);
        }
        // A call that died while it sent back has left them under sealed names, with all that they are made of.
        for (MongoNamespace left : candidates(part, generation - 1)) {
            rename(part, left, generation);
        }
    }

    private void rename(SealPart part, MongoNamespace from, int generation) {
        String nonce = Nonce.of(context.random(), 1);
        context.checkpoints().reached("seal:before-rename:" + part.key());
        context.store().renameIfThere(from, part.collection().sealed(generation, nonce));
        context.checkpoints().reached("seal:after-rename:" + part.key());
    }

    /** Takes the sealed name that is right, or else the one that is least wrong; strays make for more than one. */
    private void judge(
            SealPart part,
            int generation,
            List<Chunk> chunks,
            RunWatch watch,
            Map<String, MongoNamespace> judged,
            Set<Integer> wrong) {
        Map<Integer, ContentHash> expected = part.expected(chunks);
        Set<Integer> fewest = null;
        for (MongoNamespace candidate : candidates(part, generation)) {
            Set<Integer> differing =
                    differences(expected, part.read(watch.over(context.store().scan(candidate))));
            if (fewest == null || differing.size() < fewest.size()) {
                fewest = differing;
                judged.put(part.key(), candidate);
            }
        }
        if (fewest != null) {
            wrong.addAll(fewest);
        } else {
            // Nothing to seal at all: every chunk is to be done again.
            chunks.forEach(chunk -> wrong.add(chunk.index()));
            wrong.add(SealPart.NOBODY);
        }
    }

    /** Chunks whose original others have changed since they were copied. */
    private Set<Integer> changedSince(SealPart part, List<Chunk> chunks, RunWatch watch) {
        return part.copyOf() == null
                ? Set.of()
                : differences(
                        part.expected(chunks),
                        part.read(watch.over(context.store().scan(part.copyOf()))));
    }

    private List<MongoNamespace> candidates(SealPart part, int generation) {
        RunCollection collection = part.collection();
        return context.store().collectionNames(collection.database(), collection.sealedPrefix(generation)).stream()
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

    private void sendBack(
            Run run,
            ChunkStage stage,
            List<Chunk> chunks,
            List<SealPart> parts,
            Map<String, MongoNamespace> judged,
            Set<Integer> wrong) {
        int next = run.openGeneration(stage) + 1;
        if (next > MAX_GENERATIONS) {
            throw new SealMismatch("Chunks " + wrong + " of " + stage.function() + " in run " + run.id()
                    + " still do not hold what they wrote after " + MAX_GENERATIONS
                    + " further tries. Look for another writer to collections that start with "
                    + RunCollection.prefixOf(run.shortId()) + ", then start a new run.");
        }
        // Recording and sending back exclude each other: whoever comes second finds the run changed and does nothing.
        if (!context.runs().raiseGeneration(run, stage, parts.get(0).key())) {
            return;
        }
        for (SealPart part : parts) {
            context.checkpoints().reached("seal:sending-back:" + part.key());
            MongoNamespace back = judged.get(part.key());
            if (back == null
                    || !context.store().renameIfThere(back, part.collection().open(next))) {
                open.create(run, part.collection(), next);
            }
        }
        List<Chunk> again = new ArrayList<>(chunks);
        again.removeIf(chunk -> !wrong.contains(chunk.index()));
        context.chunks().reopen(again.isEmpty() ? chunks : again);
    }
}
