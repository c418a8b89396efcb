package dev.resync.run;

import com.mongodb.MongoNamespace;
import dev.resync.store.MongoStore;

/**
 * One collection of a run under its changing names.
 *
 * <p>Chunk writers only ever know the open name. A seal renames the collection to a sealed name that is not known before
 * the rename; closing moves it on to the closed name. A live collection that a run drops is renamed to the displaced name
 * of the shadow that it has none of. The names stay within 57 characters, Amazon DocumentDB's limit for
 * a collection name.
 *
 * @param database where it lives: a shadow beside its live collection, all else with the control data
 * @param shortId the run's short id
 * @param epoch the run's epoch in which it was made
 * @param kind what it holds
 * @param target index of the target, 0 where the kind is not per target
 */
public record RunCollection(String database, String shortId, long epoch, CollectionKind kind, int target) {

    private static final String PREFIX = "resync.";
    private static final String DISPLACED = "displaced";

    /** Returns the collection of a kind that a run has once. */
    public static RunCollection of(Run run, CollectionKind kind) {
        return new RunCollection(MongoStore.CONTROL_DATABASE, run.shortId(), run.epoch(), kind, 0);
    }

    /** Returns the collection of a kind that a run has for each target. */
    public static RunCollection of(Run run, CollectionKind kind, RunTarget target) {
        String database = kind == CollectionKind.SHADOW ? target.live().getDatabaseName() : MongoStore.CONTROL_DATABASE;
        return new RunCollection(database, run.shortId(), run.epoch(), kind, target.index());
    }

    /** Returns the same collection as another epoch of the run named it. */
    public RunCollection inEpoch(long other) {
        return new RunCollection(database, shortId, other, kind, target);
    }

    /** Returns what all collections of all runs start with. */
    public static String prefixOfAll() {
        return PREFIX;
    }

    /** Returns what all collections of one run start with. */
    public static String prefixOf(String shortId) {
        return PREFIX + shortId + ".";
    }

    /** Returns the key under which a run and its chunks record this collection; has no dots. */
    public String key() {
        return kind.label() + "-" + target;
    }

    /**
     * Returns the name that chunk writers use.
     *
     * @param generation how often a seal has sent chunks back, from 0
     */
    public MongoNamespace open(int generation) {
        return named("open" + generation);
    }

    /** Returns what every name under which one generation of this collection is sealed starts with. */
    public String sealedPrefix(int generation) {
        return stem() + "sealed" + generation + "-";
    }

    /**
     * Returns a sealed name.
     *
     * @param generation of the open name that it had
     * @param nonce chosen by the seal, so that nobody knows the name before
     */
    public MongoNamespace sealed(int generation, String nonce) {
        return new MongoNamespace(database, sealedPrefix(generation) + nonce);
    }

    /** Returns the name under which a closed run's collection waits to be dropped. */
    public MongoNamespace closed() {
        return named("closed");
    }

    /**
     * Returns the name that live is renamed to where it is dropped. Closing the run takes the name with an empty collection,
     * so that no rename can come later; it belongs to one epoch, and no two runs share it.
     */
    public MongoNamespace displaced() {
        return named(DISPLACED);
    }

    /** Returns whether a name, which starts with {@link #prefixOfAll}, is a displaced one. */
    public static boolean isDisplaced(String name) {
        return name.endsWith("." + DISPLACED);
    }

    private MongoNamespace named(String state) {
        return new MongoNamespace(database, stem() + state);
    }

    private String stem() {
        return prefixOf(shortId) + epoch + "." + kind.label() + "." + target + ".";
    }
}
