package dev.resync.cli.demo;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;

/**
 * Generates the data of the revalidation example: five source collections and the two live views that an older mapping
 * left.
 *
 * <p>The data is fixed by the number of doctors, the seed, the moment it is made for and the generation. What is generated
 * for a doctor depends on its index but on no other doctor and on no clock, locale or default time zone; the number of
 * doctors matters only in being below 100 or not. Documents are made when they are asked for, and none is kept. The cases
 * and their shares are listed at {@link EdgeCase}.
 *
 * <p>The number of doctors is that of the whole population. About one per cent of them have no driving row, because they
 * left the sources, have an unusable {@code _id} or only orphaned rows; {@link Expectations#bundles()} counts the others.
 *
 * <p>Where rows of one doctor tie, the later row counts, which has the greater {@code _id}.
 */
public final class RevalidationData {
    /** The database of all collections. */
    public static final String DATABASE = "revalidation";
    /** The greatest number of doctors: there are no more GMC numbers of seven digits. */
    /** All dates of the example lie around this moment, so that a seed always gives the same data. */
    public static final Instant AS_OF = Instant.parse("2026-06-15T09:00:00Z");

    public static final int MOST_DOCTORS = 10_000_000;
    /** The generation that the older live view was made from. */
    public static final int FIRST_GENERATION = 1;

    private final int doctors;
    private final long seed;
    private final Instant asOf;
    private final int generation;
    private final DoctorInventor now;
    private final DoctorInventor then;
    private final SourceDocuments sourceDocuments;
    private final LiveDocuments liveDocuments;

    /**
     * The first generation.
     *
     * @param doctors size of the population, from 1 to {@value #MOST_DOCTORS}; below 100, cases may be missing
     * @param seed other seeds give other data
     * @param asOf the moment that all dates lie around
     */
    public RevalidationData(int doctors, long seed, Instant asOf) {
        this(doctors, seed, asOf, FIRST_GENERATION);
    }

    private RevalidationData(int doctors, long seed, Instant asOf, int generation) {
        if (doctors < 1 || doctors > MOST_DOCTORS) {
            throw new IllegalArgumentException("doctors must be from 1 to " + MOST_DOCTORS + ", not " + doctors);
        }
        if (generation < FIRST_GENERATION) {
            throw new IllegalArgumentException("generation must be at least 1, not " + generation);
        }
        this.doctors = doctors;
        this.seed = seed;
        this.asOf = Objects.requireNonNull(asOf, "asOf");
        this.generation = generation;
        this.now = new DoctorInventor(doctors, seed, asOf, generation);
        this.then = new DoctorInventor(doctors, seed, asOf, FIRST_GENERATION);
        this.sourceDocuments = new SourceDocuments(seed, asOf);
        this.liveDocuments = new LiveDocuments(seed, sourceDocuments);
    }

    /**
     * Returns the same population later: from each generation to the next, one doctor in fifty gets another admin or
     * status in {@link RevalidationCollection#DOCTORS}. The live views stay those of the first generation.
     */
    public RevalidationData inGeneration(int other) {
        return new RevalidationData(doctors, seed, asOf, other);
    }

    /** Returns the size of the population. */
    public int doctors() {
        return doctors;
    }

    /** Returns the generation of the sources, from 1. */
    public int generation() {
        return generation;
    }

    /** Returns the names of all collections, sources first. */
    public List<String> collections() {
        return Stream.of(RevalidationCollection.values())
                .map(RevalidationCollection::collectionName)
                .toList();
    }

    /** Returns all documents of a collection, made one doctor at a time. */
    public Stream<BsonDocument> documents(RevalidationCollection collection) {
        return IntStream.range(0, doctors).boxed().flatMap(index -> documentsOf(collection, index).stream());
    }

    /**
     * Returns the documents that a collection has for the doctor at one index, which may be none.
     *
     * @throws IndexOutOfBoundsException if there is no such doctor
     */
    public List<BsonDocument> documentsOf(RevalidationCollection collection, int index) {
        Objects.checkIndex(index, doctors);
        return collection.isTarget()
                ? liveDocuments.write(then.invent(index), collection)
                : sourceDocuments.write(now.invent(index), collection);
    }

    /**
     * Returns the documents of a collection that are not the same as in the generation before; none in the first. Written
     * over their predecessors by {@code _id}, they take a database from one generation to the next.
     */
    public Stream<BsonDocument> changes(RevalidationCollection collection) {
        if (generation == FIRST_GENERATION || collection != RevalidationCollection.DOCTORS) {
            return Stream.empty();
        }
        RevalidationData before = inGeneration(generation - 1);
        return IntStream.range(0, doctors).boxed().flatMap(index -> {
            List<BsonDocument> old = before.documentsOf(collection, index);
            return documentsOf(collection, index).stream().filter(document -> !old.contains(document));
        });
    }

    /** Returns the GMC number of the doctor at one index; unique, even where no row uses it. */
    public String gmcNumber(int index) {
        return DoctorInventor.gmcNumber(Objects.checkIndex(index, doctors));
    }

    /**
     * Returns the definitions of a collection's indexes besides that on {@code _id}, each with {@code key} and {@code name}
     * as the {@code createIndexes} command takes them.
     */
    public List<BsonDocument> indexes(RevalidationCollection collection) {
        return IndexDefinitions.of(collection);
    }

    /** Counts what a run over this data has to report. It goes through all doctors on every call. */
    public Expectations expectations() {
        ExpectationCounter counter = new ExpectationCounter();
        for (int index = 0; index < doctors; index++) {
            DoctorFacts facts = now.invent(index);
            DoctorFacts first = generation == FIRST_GENERATION ? facts : then.invent(index);
            counter.countDoctor(facts);
            for (RevalidationCollection source : RevalidationCollection.sources()) {
                counter.countDocuments(
                        source, sourceDocuments.write(facts, source).size());
            }
            boolean mapped = facts.inSources() && facts.hasDrivingRow() && !facts.quarantined();
            for (RevalidationCollection target : RevalidationCollection.targets()) {
                List<BsonDocument> live = liveDocuments.write(first, target);
                counter.countDocuments(target, live.size());
                counter.countLive(target, live, mapped ? ViewDocuments.write(facts, target) : null);
            }
        }
        return counter.expectations();
    }
}
