package dev.resync.cli.serve;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.admin.ExecutionControl;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.local.StoredLeases;
import dev.resync.cli.run.Shown;
import dev.resync.cli.run.ShownCommands;
import dev.resync.engine.RealTime;
import dev.resync.environment.Environment;
import dev.resync.plan.PlanDirectory;
import dev.resync.plan.PlanReader;
import dev.resync.stage.StageContext;
import dev.resync.store.MongoStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/** All of Resync at work in a process that serves others. Commands on the same database see its runs, and can stop them. */
public final class ServedPlatform implements AutoCloseable {

    private final MongoClient client;
    private final StoredLeases leases;
    private final LocalPlatform platform;
    private final AnsweredApprovals approvals;

    /**
     * Opens it; nothing runs yet.
     *
     * @param uri connection string of the database
     * @param environment profile of the environment that it belongs to
     * @param shownEnvironment the options that name it, for commands that receipts offer
     * @param plans directory of the plans
     * @param hooks where others watch the platform or get in its way
     */
    public ServedPlatform(
            String uri, Environment environment, String shownEnvironment, Path plans, PlatformHooks hooks) {
        client = MongoClients.create(uri);
        leases = new StoredLeases(new MongoStore(client), null);
        platform = new LocalPlatform(
                client,
                leases,
                new PlanDirectory(plans, new PlanReader()),
                environment,
                new RealTime(),
                new SecureRandom(),
                new ShownCommands(new Shown(null, uri, shownEnvironment), run -> Optional.ofNullable(run.plan())
                        .map(plan -> plans.resolve(plan + ".json").toString())),
                hooks);
        leases.begin(execution -> platform.stop(execution, "A stop was asked for."));
        approvals = new AnsweredApprovals(platform);
        approvals.begin();
    }

    /** Returns the platform, to start executions. */
    public LocalPlatform platform() {
        return platform;
    }

    /** Returns the control data. */
    public StageContext context() {
        return platform.context();
    }

    /** Returns what the admin API asks of executions. */
    public ExecutionControl executions() {
        return new LocalExecutionControl(platform, leases);
    }

    /** Ends it. Runs that have not ended are left to whoever reconciles them. */
    @Override
    public void close() {
        approvals.close();
        platform.close();
        leases.close();
        client.close();
    }
}
