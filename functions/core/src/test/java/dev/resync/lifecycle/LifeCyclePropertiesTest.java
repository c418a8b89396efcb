package dev.resync.lifecycle;

import dev.resync.fixture.EmbeddedMongo;
import dev.resync.lifecycle.Action.Kind;
import dev.resync.lifecycle.LifeCycle.Beginning;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever happens to runs, in whatever order: each ends once, in one of three ways, and live is what the endings say. More
 * sequences than the suite has time for: {@link LifeCycleExploration}.
 */
class LifeCyclePropertiesTest {

    private static final EmbeddedMongo MONGO = new EmbeddedMongo();

    @BeforeContainer
    static void start() {
        MONGO.start();
    }

    @AfterContainer
    static void stop() {
        MONGO.stop();
    }

    @Property(seed = "3", tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void everyRunEndsOnceAndLiveIsWhatTheEndingsSay(
            @ForAll("actions") List<Action> actions,
            @ForAll boolean identities,
            @ForAll Beginning beginning,
            @ForAll int drain) {
        play(MONGO, actions, identities, beginning, drain);
    }

    /** Plays a sequence on an empty server; raises an AssertionError that tells it where a promise is broken. */
    static void play(EmbeddedMongo mongo, List<Action> actions, boolean identities, Beginning beginning, int drain) {
        mongo.empty();
        LifeCycle lifeCycle = new LifeCycle(mongo.client(), identities, beginning);
        try {
            actions.forEach(lifeCycle::perform);
            lifeCycle.drain(new Random(drain));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\n  after\n" + String.join("\n", lifeCycle.log()), e);
        }
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        return sequences();
    }

    static Arbitrary<List<Action>> sequences() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(1, Kind.DRY_RUN),
                Tuple.of(8, Kind.REAL_RUN),
                Tuple.of(2, Kind.RESTORE),
                Tuple.of(8, Kind.RESUME),
                Tuple.of(15, Kind.STEP),
                Tuple.of(9, Kind.FREEZE_BEFORE_WRITE),
                Tuple.of(6, Kind.FREEZE_BEFORE_OPERATION),
                Tuple.of(7, Kind.FREEZE_CUT_OVER),
                Tuple.of(9, Kind.LET_GO),
                Tuple.of(5, Kind.LATE_CALL),
                Tuple.of(2, Kind.DIE),
                Tuple.of(4, Kind.ABORT),
                Tuple.of(2, Kind.FAIL),
                Tuple.of(7, Kind.SUSPEND),
                Tuple.of(3, Kind.HALF_SUSPEND),
                Tuple.of(4, Kind.STOP_IN_CUT_OVER),
                Tuple.of(1, Kind.TIME_OUT),
                Tuple.of(4, Kind.REDRIVE),
                Tuple.of(6, Kind.EVENT),
                Tuple.of(2, Kind.CLOSE),
                Tuple.of(2, Kind.RECONCILE),
                Tuple.of(2, Kind.PASS));
        return kinds.flatMap(LifeCyclePropertiesTest::action)
                .list()
                .ofMinSize(8)
                .ofMaxSize(50);
    }

    private static Arbitrary<Action> action(Kind kind) {
        // Mostly the latest: what happens next to it is what matters.
        Arbitrary<Integer> which = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(0)),
                Tuple.of(2, Arbitraries.integers().between(0, 7)));
        int most =
                switch (kind) {
                    case DRY_RUN -> 18;
                    case REAL_RUN, RESTORE, STEP -> 14;
                    case RESUME -> 4;
                    case FREEZE_BEFORE_WRITE -> 29;
                    case FREEZE_BEFORE_OPERATION -> 49;
                    case FREEZE_CUT_OVER -> 10;
                    case LET_GO -> 8;
                    case LATE_CALL -> 1;
                    case SUSPEND, HALF_SUSPEND -> 5;
                    case STOP_IN_CUT_OVER -> 20;
                    case EVENT, CLOSE, PASS -> 2;
                    default -> 0;
                };
        Arbitrary<Integer> amount = Arbitraries.integers().between(0, most);
        return Combinators.combine(which, amount).as((w, a) -> new Action(kind, w, a));
    }
}
