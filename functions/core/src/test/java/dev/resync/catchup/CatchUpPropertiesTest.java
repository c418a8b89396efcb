package dev.resync.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.chunk.ChunkStage;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.CollectionKind;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.Sealed;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bson.BsonDocument;

/**
 * Random sources that are written to while a run reads and maps them: what the run has after catching up is what a run has that
 * begins afterwards, and every version read went to exactly one place.
 */
class CatchUpPropertiesTest {

    private static final EmbeddedMongo MONGO = new EmbeddedMongo();
    private static final String CHANGED = "changed: {$date: '2026-03-01T08:01:00Z'}";
    private static final List<String> PEOPLE =
            List.of("name: 'Grace'", "age: 77", "age: 'old'", "age: 1.5", "name: null", "training: true", "other: 1");
    private static final List<String> NOTES = List.of(
            "text: 'now'",
            "at: 1000",
            "at: 'never'",
            "person: 'p0001'",
            "person: ' p0002 '",
            "person: 'nobody'",
            "person: 'unknown'",
            "person: null",
            "person: 7");

    @BeforeContainer
    static void start() {
        MONGO.start();
    }

    @AfterContainer
    static void stop() {
        MONGO.stop();
    }

    @Property(seed = "5", tries = 10, edgeCases = EdgeCasesMode.NONE)
    void givesWhatALaterRunGives(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 20) int people,
            @ForAll @IntRange(min = 1, max = 20) int before,
            @ForAll @IntRange(min = 0, max = 12) int during) {
        MONGO.empty();
        RunFixture fixture = new RunFixture(MONGO.client()).filled(people);
        fixture.plans()
                .deployWith("\"cardinality\": \"one\",", "\"cardinality\": \"one\", \"modifiedField\": \"changed\",");
        fixture.plans().deployWith("\"latestBy\": \"at\",", "\"latestBy\": \"at\", \"modifiedField\": \"changed\",");
        Random random = new Random(seed);
        for (int i = 0; i < before; i++) {
            change(fixture, random, people, i);
        }
        RunDriver driver = begun(fixture);
        int sync = driver.count("sync");
        for (int i = 0; i < during; i++) {
            if (i < sync && random.nextBoolean()) {
                driver.chunk("sync", i);
            }
            change(fixture, random, people, before + i);
        }
        mapped(driver);
        driver.step("catch-up");
        Run caughtUp = driver.run();
        driver.closed(ExecutionStatus.ABORTED);
        Run later = mapped(begun(fixture));

        assertThat(contents(caughtUp)).isEqualTo(contents(later));
        Map<String, Long> used = new TreeMap<>();
        caughtUp.caughtUp().totals().sources().forEach((source, account) -> {
            assertThat(account.balanced()).as("%s: %s", source, account).isTrue();
            used.put(source, account.used());
        });
        assertThat(used).isEqualTo(used(fixture, later));
    }

    private static RunDriver begun(RunFixture fixture) {
        return fixture.execute().through("seal-snapshot");
    }

    /** Not as far as the gates, which random sources may fail. */
    private static Run mapped(RunDriver driver) {
        return driver.through("seal-shadow").run();
    }

    private static Map<String, Object> contents(Run run) {
        Map<String, Object> contents = new TreeMap<>();
        run.targets()
                .forEach(target -> contents.put(target.name(), content(run, CollectionKind.SHADOW, target.index())));
        contents.put(
                "quarantine",
                run.sealedAs(RunCollection.of(run, CollectionKind.QUARANTINE))
                        .content()
                        .documents());
        return contents;
    }

    private static Object content(Run run, CollectionKind kind, int target) {
        Sealed found = run.sealedAs(RunCollection.of(run, kind, run.targets().get(target)));
        return found.content();
    }

    private static Map<String, Long> used(RunFixture fixture, Run run) {
        Map<String, Long> used = new TreeMap<>(Map.of("people", 0L, "notes", 0L));
        fixture.context().chunks().all(run.id(), run.epoch(), ChunkStage.MAP).forEach(chunk -> chunk.result()
                .sources()
                .forEach((source, account) -> used.merge(source, account.used(), Long::sum)));
        return used;
    }

    private static void change(RunFixture fixture, Random random, int people, int number) {
        String key = RunFixture.key(random.nextInt(people));
        switch (random.nextInt(4)) {
            case 0 ->
                fixture.insert("people", "{_id: '%s %d', name: 'new', age: 1, %s}".formatted(key, number, CHANGED));
            case 1 ->
                fixture.insert(
                        "notes",
                        "{_id: 'n%d', person: '%s', at: %d, text: 'new', %s}"
                                .formatted(number, key, random.nextInt(100), CHANGED));
            case 2 -> set(fixture, "people", "'" + key + "'", pick(PEOPLE, random));
            default -> set(fixture, "notes", "" + random.nextInt(people), pick(NOTES, random));
        }
    }

    private static void set(RunFixture fixture, String collection, String id, String fields) {
        fixture.collection(collection)
                .updateOne(
                        BsonDocument.parse("{_id: " + id + "}"),
                        BsonDocument.parse("{$set: {" + fields + ", " + CHANGED + "}}"));
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
