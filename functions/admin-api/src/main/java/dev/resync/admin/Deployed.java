package dev.resync.admin;

import dev.resync.environment.CallerRole;
import dev.resync.error.AccessDenied;
import dev.resync.stage.OwnDatabase;
import dev.resync.stage.StageContext;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/** What every resource needs to know of this deployment, and of who calls. */
@Singleton
final class Deployed {

    private final Provider<StageContext> context;
    private final Provider<ExecutionControl> executions;
    private final Callers callers;
    private volatile OwnDatabase ownDatabase;

    /** @param context asked anew by each call until there is one, so that a faulty deployment refuses every call */
    Deployed(Provider<StageContext> context, Provider<ExecutionControl> executions, Callers callers) {
        this.context = context;
        this.executions = executions;
        this.callers = callers;
    }

    StageContext context() {
        return context.get();
    }

    ExecutionControl executions() {
        return executions.get();
    }

    RunControl control() {
        return new RunControl(context(), executions.get());
    }

    Caller caller() {
        return callers.current();
    }

    /**
     * Makes sure that the caller may look, and that the database belongs to this environment.
     *
     * @throws AccessDenied where the profile gives them no role
     * @throws dev.resync.error.DatabaseForeign where the database belongs to another environment
     */
    void requireViewer() {
        caller().require(context().environment(), CallerRole.values());
        requireOwnDatabase();
    }

    /**
     * Returns who calls, once they may change something, and the database belongs to this environment. Whoever may not is on
     * record.
     *
     * @param what they ask for, such as {@code stop} and the id of a run
     * @throws AccessDenied where the profile does not give them the role
     * @throws dev.resync.error.DatabaseForeign where the database belongs to another environment
     */
    Caller require(CallerRole role, String what) {
        Caller caller = caller();
        requireOwnDatabase();
        try {
            caller.require(context().environment(), role);
        } catch (AccessDenied denied) {
            context()
                    .audit()
                    .add(
                            RunControl.asked(what, null, caller),
                            "REFUSED",
                            null,
                            denied.errorName() + ": " + denied.getMessage());
            throw denied;
        }
        return caller;
    }

    /** Kept, so that a database that says whose it is is asked once. */
    private void requireOwnDatabase() {
        if (ownDatabase == null) {
            ownDatabase = new OwnDatabase(context());
        }
        ownDatabase.require();
    }
}
