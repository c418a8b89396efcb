package dev.resync.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.hash.ContentHash;
import dev.resync.plan.Retention;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What may go, as a pure function of manifests, needs and time. */
class RetentionPolicyPropertiesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final List<String> TARGETS = List.of("db.a", "db.b", "db.c");

    /** Some snapshots of two plans in two environments, many of them sealed at the same time, and the runs that need some. */
    private static final class Scene {
        private final List<Snapshot> snapshots = new ArrayList<>();
        private final Map<String, String> needed = new HashMap<>();

        private Scene(long seed) {
            Random random = new Random(seed);
            int count = random.nextInt(30);
            for (int i = 0; i < count; i++) {
                String id = "s" + i;
                snapshots.add(Snapshot.seal(
                        id,
                        "run" + i,
                        random.nextBoolean() ? "one" : "two",
                        random.nextInt(4) == 0 ? "prod" : "test",
                        NOW.minus(Duration.ofHours(random.nextInt(40) * 6L)),
                        targets(random),
                        random.nextInt(5) == 0 ? null : new Retention(1 + random.nextInt(6), random.nextInt(8))));
                if (random.nextInt(8) == 0) {
                    needed.put(id, "a run");
                }
            }
            needed.put("unknown", "a run");
        }

        private static List<SnapshotTarget> targets(Random random) {
            List<SnapshotTarget> targets = new ArrayList<>();
            for (String live : TARGETS) {
                if (random.nextBoolean()) {
                    targets.add(
                            random.nextInt(4) == 0
                                    ? SnapshotTarget.absent(live, live, null)
                                    : new SnapshotTarget(
                                            live, live, null, "resync.x", ContentHash.EMPTY, "{}", List.of()));
                }
            }
            return targets;
        }

        private List<Standing> judged() {
            return RetentionPolicy.judge(snapshots, needed, NOW);
        }

        private Set<String> going() {
            return judged().stream()
                    .filter(Standing::mayGo)
                    .map(standing -> standing.snapshot().id())
                    .collect(Collectors.toSet());
        }

        /** Snapshots by plan and environment, newest first. */
        private Iterable<List<Snapshot>> lines() {
            Map<String, List<Snapshot>> lines = new HashMap<>();
            for (Snapshot snapshot : snapshots) {
                lines.computeIfAbsent(snapshot.plan() + " " + snapshot.environment(), key -> new ArrayList<>())
                        .add(snapshot);
            }
            lines.values()
                    .forEach(line -> line.sort(Comparator.comparing(Snapshot::sealedAt)
                            .thenComparing(Snapshot::id)
                            .reversed()));
            return lines.values();
        }
    }

    @Property(tries = 500)
    void everyOneIsJudgedOnce(@ForAll long seed) {
        Scene scene = new Scene(seed);
        assertThat(scene.judged()).extracting(Standing::snapshot).containsExactlyInAnyOrderElementsOf(scene.snapshots);
    }

    @Property(tries = 500)
    void theNewestNeverGoes(@ForAll long seed) {
        Scene scene = new Scene(seed);
        Set<String> going = scene.going();
        for (List<Snapshot> line : scene.lines()) {
            assertThat(going).doesNotContain(line.get(0).id());
            Set<String> seen = new HashSet<>();
            for (Snapshot snapshot : line) {
                for (SnapshotTarget target : snapshot.targets()) {
                    if (seen.add(target.live())) {
                        assertThat(going).as("newest of " + target.live()).doesNotContain(snapshot.id());
                    }
                }
            }
        }
    }

    @Property(tries = 500)
    void whatARunNeedsNeverGoes(@ForAll long seed) {
        Scene scene = new Scene(seed);
        assertThat(scene.going()).doesNotContainAnyElementsOf(scene.needed.keySet());
    }

    @Property(tries = 500)
    void theNewestFiguresCountForAll(@ForAll long seed) {
        Scene scene = new Scene(seed);
        Set<String> going = scene.going();
        for (List<Snapshot> line : scene.lines()) {
            Retention figures = line.get(0).retentionOrDefault();
            long left = line.stream()
                    .filter(snapshot -> !going.contains(snapshot.id()))
                    .count();
            assertThat(left).isGreaterThanOrEqualTo(Math.min(line.size(), figures.snapshots()));
            for (Snapshot snapshot : line) {
                if (Duration.between(snapshot.sealedAt(), NOW).compareTo(Duration.ofDays(figures.days())) < 0) {
                    assertThat(going).as("younger than %d days", figures.days()).doesNotContain(snapshot.id());
                }
            }
        }
    }

    /** Else a policy that keeps everything would do. */
    @Property(tries = 500)
    void allElseGoes(@ForAll long seed) {
        Scene scene = new Scene(seed);
        Set<String> going = scene.going();
        for (List<Snapshot> line : scene.lines()) {
            Retention figures = line.get(0).retentionOrDefault();
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < line.size(); i++) {
                Snapshot snapshot = line.get(i);
                boolean newest = i == 0;
                for (SnapshotTarget target : snapshot.targets()) {
                    newest |= seen.add(target.live());
                }
                boolean young = NOW.isBefore(snapshot.sealedAt().plus(Duration.ofDays(figures.days())));
                if (!newest && !young && i >= figures.snapshots() && !scene.needed.containsKey(snapshot.id())) {
                    assertThat(going).contains(snapshot.id());
                }
            }
        }
    }

    @Property(tries = 300)
    void theOrderInWhichTheyComeDoesNotMatter(@ForAll long seed) {
        Scene scene = new Scene(seed);
        Set<String> going = scene.going();
        Collections.shuffle(scene.snapshots, new Random(seed));
        assertThat(scene.going()).isEqualTo(going);
    }

    @Property(tries = 500)
    void whatIsKeptSaysWhyAndMayGoWhenItSays(@ForAll long seed) {
        Scene scene = new Scene(seed);
        for (Standing standing : scene.judged()) {
            Instant mayGoAt = standing.mayGoAt();
            boolean onlyAge = Set.of(KeptBecause.AGE).containsAll(standing.keptBecause());
            assertThat(mayGoAt != null).isEqualTo(onlyAge);
            assertThat(standing.neededBy() != null)
                    .isEqualTo(standing.keptBecause().contains(KeptBecause.NEEDED));
            if (mayGoAt != null) {
                assertThat(goes(scene, standing, mayGoAt)).isTrue();
                assertThat(goes(scene, standing, mayGoAt.minusMillis(1))).isFalse();
            }
        }
    }

    private static boolean goes(Scene scene, Standing standing, Instant at) {
        return RetentionPolicy.judge(scene.snapshots, scene.needed, at).stream()
                .anyMatch(then -> then.snapshot().equals(standing.snapshot()) && then.mayGo());
    }
}
