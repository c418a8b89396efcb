package dev.resync.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import dev.resync.cli.option.ShownEnvironment;
import dev.resync.cli.output.Output;
import dev.resync.environment.DatabaseRegister;
import dev.resync.environment.DatabaseRegister.Registration;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentKind;
import dev.resync.error.ExecutionsUnavailable;
import dev.resync.pace.SystemTime;
import dev.resync.plan.ClasspathPlans;
import dev.resync.plan.PlanReader;
import dev.resync.retention.RetentionReview;
import dev.resync.retention.Standing;
import dev.resync.run.AuditTrail;
import dev.resync.run.Executions;
import dev.resync.run.Quarantine;
import dev.resync.run.Run;
import dev.resync.run.RunStore;
import dev.resync.snapshot.SnapshotStore;
import dev.resync.stage.StageContext;
import dev.resync.status.StatusReader;
import dev.resync.store.Checkpoints;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import dev.resync.verify.DifferenceStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The control data for commands that only look. */
final class ControlData implements AutoCloseable {

    private final MongoClient client;
    private final MongoStore store;

    /**
     * @param client closed with this
     * @param output where it is for people, the environment that the database says it belongs to is shown first
     */
    ControlData(MongoClient client, Output output) {
        this.client = client;
        this.store = new MongoStore(client);
        if (!output.json()) {
            registration()
                    .ifPresent(database -> System.err.println("[" + database.name() + ", "
                            + EnvironmentKind.shown(database.kind()) + ", "
                            + database.colour() + "]"));
        }
    }

    /** Returns which environment the database says that it belongs to; empty before anything was admitted. */
    Optional<Registration> registration() {
        return DatabaseRegister.find(store);
    }

    AuditTrail audit() {
        return new AuditTrail(store, Clock.systemUTC());
    }

    RunStore runs() {
        return new RunStore(store, Executions.NONE, "");
    }

    Quarantine quarantine() {
        return new Quarantine(store);
    }

    DifferenceStore differences() {
        return new DifferenceStore(store);
    }

    SnapshotStore snapshots() {
        return new SnapshotStore(store);
    }

    List<Standing> standings() {
        return new RetentionReview(store, snapshots(), runs(), Clock.systemUTC()).judge();
    }

    /** Returns all that is known of a run; nobody is asked what its execution is doing. */
    JsonNode status(String runId) {
        Run run = runs().require(runId);
        Environment environment = registration()
                .map(database -> ShownEnvironment.of(database.name(), database.kind(), database.colour()))
                .orElseThrow(() -> new IllegalStateException("run " + runId + " is on record of no environment"));
        StageContext context = StageContext.of(
                store,
                new ClasspathPlans(new PlanReader(), List.of()),
                environment,
                "",
                Executions.NONE,
                Clock.systemUTC(),
                new SystemTime(),
                new SecureRandom(),
                new NothingOffered(),
                Checkpoints.NONE);
        StatusReader reader = new StatusReader(context, execution -> {
            throw new ExecutionsUnavailable(
                    "Whoever looks at a database does not ask what executions are doing.", null);
        });
        return ControlJson.mapper().valueToTree(reader.of(run));
    }

    @Override
    public void close() {
        client.close();
    }
}
