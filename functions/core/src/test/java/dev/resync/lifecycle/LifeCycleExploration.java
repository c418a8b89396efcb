package dev.resync.lifecycle;

import dev.resync.fixture.EmbeddedMongo;
import dev.resync.lifecycle.LifeCycle.Beginning;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * The property of {@link LifeCyclePropertiesTest} for those who have hours: other sequences each time. Not part of the suite;
 * start it with {@code -Dtest=LifeCycleExploration -Djqwik.tries.default=10000}.
 */
class LifeCycleExploration {

    private static final EmbeddedMongo MONGO = new EmbeddedMongo();

    @BeforeContainer
    static void start() {
        MONGO.start();
    }

    @AfterContainer
    static void stop() {
        MONGO.stop();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void everyRunEndsOnceAndLiveIsWhatTheEndingsSay(
            @ForAll("actions") List<Action> actions,
            @ForAll boolean identities,
            @ForAll Beginning beginning,
            @ForAll int drain) {
        LifeCyclePropertiesTest.play(MONGO, actions, identities, beginning, drain);
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        return LifeCyclePropertiesTest.sequences();
    }
}
