package dev.resync.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.chunk.SourceAccount;
import dev.resync.error.GateRefused;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
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

/**
 * Whole dry runs over random sources, one document in ten broken: the view and the account do not depend on where chunks are
 * cut, and every document read went to exactly one place.
 */
class ChunkBoundaryPropertiesTest {

    private static final EmbeddedMongo MONGO = new EmbeddedMongo();
    private static final int BROKEN = 10;
    private static final List<String> BROKEN_PEOPLE = List.of(
            "age: 'old'",
            "age: 1.5",
            "age: {$numberLong: '9999999999'}",
            "name: null",
            "name: ['a']",
            "training: true");
    private static final List<String> BROKEN_NOTES = List.of(
            "person: null",
            "person: ''",
            "person: 7",
            "person: ['p0001']",
            "person: 'unknown'",
            "person: 'p9999'",
            "person: {a: 1}",
            "at: 'never'");

    @BeforeContainer
    static void start() {
        MONGO.start();
    }

    @AfterContainer
    static void stop() {
        MONGO.stop();
    }

    /** What came of a run. */
    private record Outcome(
            Map<String, ContentHash> shadows, Map<String, SourceAccount> accounts, Map<String, Long> quarantine) {}

    @Property(seed = "29", tries = 12, edgeCases = EdgeCasesMode.NONE)
    void viewAndAccountDoNotDependOnChunks(
            @ForAll long seed,
            @ForAll @IntRange(min = 5, max = 60) int people,
            @ForAll @IntRange(min = 1, max = 7) int small,
            @ForAll @IntRange(min = 8, max = 100) int large) {
        MONGO.empty();
        RunFixture fixture = new RunFixture(MONGO.client()).filled(people);
        Map<String, Integer> documents = disturb(fixture, new Random(seed), people);
        Outcome one = run(fixture, small);
        one.accounts().forEach((source, account) -> {
            assertThat(account.balanced()).as("%s: %s", source, account).isTrue();
            assertThat(account.read()).as("read of " + source).isEqualTo((long) documents.get(source));
        });
        assertThat(run(fixture, large)).isEqualTo(one);
    }

    /** Breaks one document in ten, adds more notes to some, and keys that differ by white space only. */
    private static Map<String, Integer> disturb(RunFixture fixture, Random random, int people) {
        int persons = people;
        int notes = people;
        for (int i = 0; i < people; i++) {
            String key = RunFixture.key(random.nextInt(people));
            if (random.nextInt(BROKEN) == 0) {
                fixture.insert(
                        "people", "{_id: ' %s', %s}".formatted(RunFixture.key(1000 + i), pick(BROKEN_PEOPLE, random)));
                persons++;
            }
            if (random.nextInt(BROKEN) == 0) {
                fixture.insert("people", "{_id: ' %s%s', name: 'twice', age: 3}".formatted(key, " ".repeat(i)));
                persons++;
            }
            fixture.insert(
                    "notes",
                    "{_id: 'n%d', person: '%s ', at: %d, text: 'more', %s}"
                            .formatted(i, key, random.nextInt(100), broken(random)));
            notes++;
        }
        return Map.of("people", persons, "notes", notes);
    }

    /** The last of two fields of one name counts. */
    private static String broken(Random random) {
        return random.nextInt(BROKEN) == 0 ? pick(BROKEN_NOTES, random) : "of: 'a person'";
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static Outcome run(RunFixture fixture, int chunkDocuments) {
        RunDriver driver = fixture.admit(fixture.request("DRY_RUN").put("chunkDocuments", chunkDocuments));
        driver.upTo("verify");
        try {
            driver.step("verify");
        } catch (GateRefused refused) {
            // As random sources may be; the verdict is there all the same.
            assertThat(refused).hasMessageContaining("quarantine");
        }
        Run judged = driver.run();
        driver.closed(ExecutionStatus.ABORTED);
        Map<String, SourceAccount> accounts = new TreeMap<>();
        driver.run()
                .receipt()
                .path("sources")
                .properties()
                .forEach(source -> accounts.put(
                        source.getKey(), ControlJson.mapper().convertValue(source.getValue(), SourceAccount.class)));
        Map<String, Long> quarantine = new TreeMap<>();
        driver.run()
                .receipt()
                .path("quarantine")
                .forEach(bundles -> quarantine.put(
                        bundles.path("reason").asText() + " "
                                + bundles.path("field").asText() + bundles.path("exampleKeys"),
                        bundles.path("count").asLong()));
        return new Outcome(new TreeMap<>(judged.verdict().shadows()), accounts, quarantine);
    }
}
