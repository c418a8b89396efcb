package dev.resync.stages;

import dev.resync.environment.Environment;
import dev.resync.pace.PassingTime;
import dev.resync.pace.SystemTime;
import dev.resync.plan.ClasspathPlans;
import dev.resync.plan.PlanReader;
import dev.resync.plan.PlanSource;
import dev.resync.run.Executions;
import dev.resync.stage.StageContext;
import dev.resync.stage.Stages;
import dev.resync.store.Checkpoints;
import dev.resync.store.MongoStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Puts the stages together for Lambda. Opens no connection: the first call that needs one does. */
@Singleton
final class Wiring {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    PassingTime time() {
        return new SystemTime();
    }

    /** Standard output is the function's log. */
    @Produces
    @Singleton
    EmfMetrics metrics() {
        return new EmfMetrics(line -> System.out.println(line));
    }

    @Produces
    @Singleton
    StageContext context(
            Settings settings,
            Database database,
            Executions executions,
            Clock clock,
            PassingTime time,
            EmfMetrics metrics) {
        Environment environment = settings.environment();
        PlanSource plans = new ClasspathPlans(new PlanReader(), settings.plans());
        return StageContext.of(
                        new MongoStore(database.client()),
                        plans,
                        environment,
                        settings.artifact(),
                        executions,
                        clock,
                        time,
                        new SecureRandom(),
                        new StartExecutionCommands(settings.restoreMachineIfSet()),
                        Checkpoints.NONE)
                .withMetrics(metrics);
    }

    @Produces
    @Singleton
    Stages stages(StageContext context) {
        return new Stages(context);
    }

    @Produces
    @ApplicationScoped
    SfnClient stepFunctions() {
        return SfnClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    void close(@Disposes SfnClient stepFunctions) {
        stepFunctions.close();
    }
}
