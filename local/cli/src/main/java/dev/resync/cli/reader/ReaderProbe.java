package dev.resync.cli.reader;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.hash.ContentHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A consumer that reads the live views all the time, with a client of its own, and remembers every state that it saw. A read
 * whose cursor a rename has killed is begun again at once, and only once: a second rename so soon would keep consumers from
 * reading at all.
 */
public final class ReaderProbe implements AutoCloseable {

    /** Error codes of a cursor whose collection was replaced (source: MongoDB's error code list). */
    private static final Set<Integer> KILLED = Set.of(26, 43, 175, 237);

    private static final String OTHER = "other";
    private static final int END_SECONDS = 30;

    private final MongoClient client;
    private final LiveViews views;
    private final int rest;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private final Map<String, Map<ContentHash, Long>> seen = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();
    private final boolean eachDocument;
    private final Map<String, Set<ByteBuffer>> documents = new TreeMap<>();
    private long reopened;

    /**
     * Begins to read.
     *
     * @param uri connection string of the database
     * @param live what is read, of different collection names
     * @param batch documents that a cursor asks for at a time, see {@link LiveViews}
     * @param rest how many times as long as it reads it rests, 0 or more: it is to watch the runs, not to slow them down
     */
    public ReaderProbe(String uri, List<MongoNamespace> live, int batch, int rest) {
        this(uri, live, batch, rest, false);
    }

    /**
     * Begins to read.
     *
     * @param uri connection string of the database
     * @param live what is read, of different collection names
     * @param batch documents that a cursor asks for at a time, see {@link LiveViews}
     * @param rest how many times as long as it reads it rests, 0 or more
     * @param eachDocument whether to remember the documents, too, where the states of a view are not all that can be seen
     */
    public ReaderProbe(String uri, List<MongoNamespace> live, int batch, int rest, boolean eachDocument) {
        this.eachDocument = eachDocument;
        client = MongoClients.create(uri);
        views = new LiveViews(client, live, batch);
        this.rest = rest;
        thread = new Thread(this::readOn, "reader-probe");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * What the reader saw.
     *
     * @param reads complete reads of a view
     * @param reopened reads that began again because a rename had killed their cursor
     * @param errors messages of reads that failed otherwise, or were killed a second time
     * @param views reads by view and by what was seen: the name of a known state, or {@code other} with the number of
     *     documents
     */
    public record Account(long reads, long reopened, List<String> errors, Map<String, Map<String, Long>> views) {

        public Account {
            errors = List.copyOf(errors);
        }

        /** Returns how many documents a view had each time when it was seen in no known state, every number once. */
        public List<Long> documentsOfOthers(String view) {
            return views.getOrDefault(view, Map.of()).keySet().stream()
                    .filter(seen -> seen.startsWith(OTHER))
                    .map(seen -> Long.valueOf(seen.substring(OTHER.length() + 2, seen.length() - 1)))
                    .toList();
        }

        /** Returns how often something was seen that is no known state of its view. */
        public long others() {
            return views.values().stream()
                    .flatMap(view -> view.entrySet().stream())
                    .filter(seen -> seen.getKey().startsWith(OTHER))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    private void readOn() {
        try {
            long took;
            do {
                long began = System.nanoTime();
                for (MongoNamespace view : views.views()) {
                    read(view);
                }
                took = System.nanoTime() - began;
            } while (!stop.await(rest * took, TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void read(MongoNamespace view) {
        try {
            Set<ByteBuffer> digests = new HashSet<>();
            ContentHash content;
            try {
                content = views.read(view, digests::add);
            } catch (RuntimeException e) {
                if (!isKilled(e)) {
                    throw e;
                }
                reopened++;
                digests.clear();
                content = views.read(view, digests::add);
            }
            if (eachDocument) {
                documents
                        .computeIfAbsent(view.getCollectionName(), name -> new HashSet<>())
                        .addAll(digests);
            }
            seen.computeIfAbsent(view.getCollectionName(), name -> new HashMap<>())
                    .merge(content, 1L, Long::sum);
        } catch (RuntimeException e) {
            errors.add((isKilled(e) ? "killed twice in one read: " : "") + e);
        }
    }

    private static boolean isKilled(RuntimeException e) {
        return e instanceof MongoCursorNotFoundException
                || (e instanceof MongoCommandException command && KILLED.contains(command.getCode()));
    }

    /**
     * Stops reading and returns what was seen.
     *
     * @param states known states by name, each with the content of every view; a content in two states counts for the first
     */
    public Account finish(Map<String, Map<String, ContentHash>> states) {
        stopReading();
        return take(states);
    }

    private void stopReading() {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns what was seen since this was asked before, and reads on.
     *
     * @param states see {@link #finish}
     */
    public synchronized Account take(Map<String, Map<String, ContentHash>> states) {
        Map<String, Map<String, Long>> byState = new TreeMap<>();
        long reads = 0;
        for (Map.Entry<String, Map<ContentHash, Long>> view : seen.entrySet()) {
            Map<String, Long> counts = byState.computeIfAbsent(view.getKey(), name -> new TreeMap<>());
            for (Map.Entry<ContentHash, Long> content : view.getValue().entrySet()) {
                counts.merge(stateOf(states, view.getKey(), content.getKey()), content.getValue(), Long::sum);
                reads += content.getValue();
            }
        }
        Account account = new Account(reads, reopened, errors, byState);
        seen.clear();
        errors.clear();
        reopened = 0;
        return account;
    }

    /** Returns the digests of all documents that were seen since this was asked before, by view; nothing unless each is remembered. */
    public synchronized Map<String, Set<ByteBuffer>> takeDocuments() {
        Map<String, Set<ByteBuffer>> taken = new TreeMap<>(documents);
        documents.clear();
        return taken;
    }

    private static String stateOf(Map<String, Map<String, ContentHash>> states, String view, ContentHash content) {
        return states.entrySet().stream()
                .filter(state -> content.equals(state.getValue().get(view)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(OTHER + " (" + content.documents() + ")");
    }

    /** Ends the read under way first: one that is answered late would bring a dropped database back on some servers. */
    @Override
    public void close() {
        stopReading();
        client.close();
    }
}
