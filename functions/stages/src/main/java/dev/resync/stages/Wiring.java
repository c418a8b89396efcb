package dev.resync.stages;

import dev.resync.stage.StageContext;
import dev.resync.stage.Stages;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the stages together for Lambda. Opens no connection: the first call that needs one does. */
@Singleton
final class Wiring {

    /** Standard output is the function's log. */
    @Produces
    @Singleton
    EmfMetrics metrics() {
        return new EmfMetrics(line -> System.out.println(line));
    }

    @Produces
    @Singleton
    Stages stages(StageContext context) {
        return new Stages(context);
    }
}
