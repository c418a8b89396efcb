package dev.resync.aws;

import dev.resync.environment.Environment;
import dev.resync.environment.StartWay;
import dev.resync.metrics.Metrics;
import dev.resync.notification.Notifications;
import dev.resync.pace.PassingTime;
import dev.resync.pace.SystemTime;
import dev.resync.plan.ClasspathPlans;
import dev.resync.plan.PlanReader;
import dev.resync.plan.PlanSource;
import dev.resync.run.Executions;
import dev.resync.stage.StageContext;
import dev.resync.store.Checkpoints;
import dev.resync.store.MongoStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** Puts the core together for functions in AWS. Opens no connection: the first call that needs one does. */
@Singleton
public final class Services {

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

    @Produces
    @Singleton
    StageContext context(
            Settings settings,
            Database database,
            Executions executions,
            Notifications notifications,
            Clock clock,
            PassingTime time,
            Instance<Metrics> metrics) {
        // Executions of the service are never the command line's, whatever their input says.
        Environment environment = settings.environment().without(StartWay.COMMAND_LINE);
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
                .withNotifications(notifications)
                .withMetrics(metrics.isResolvable() ? metrics.get() : Metrics.NONE);
    }

    /** Without a topic nobody is told, and no client is made. */
    @Produces
    @Singleton
    Notifications notifications(Settings settings, Provider<SnsClient> client) {
        return settings.topic()
                .<Notifications>map(topic -> new SnsNotifications(client.get(), topic, settings.notificationFormat()))
                .orElse(Notifications.NONE);
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

    @Produces
    @ApplicationScoped
    SecretsManagerClient secretsManager() {
        return SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    void close(@Disposes SecretsManagerClient secretsManager) {
        secretsManager.close();
    }

    @Produces
    @ApplicationScoped
    SnsClient notificationService() {
        return SnsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    void close(@Disposes SnsClient notificationService) {
        notificationService.close();
    }
}
