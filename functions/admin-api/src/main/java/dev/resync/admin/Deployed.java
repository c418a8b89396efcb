package dev.resync.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.environment.CallerRole;
import dev.resync.error.RequestInvalid;
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

    /** @param context asked anew by each call until there is one, so that a faulty deployment refuses every call */
    Deployed(Provider<StageContext> context, Provider<ExecutionControl> executions, Callers callers) {
        this.context = context;
        this.executions = executions;
        this.callers = callers;
    }

    StageContext context() {
        return context.get();
    }

    RunControl control() {
        return new RunControl(context(), executions.get());
    }

    Caller caller() {
        return callers.current();
    }

    /**
     * Makes sure that the caller has one of these roles, and that the database belongs to this environment.
     *
     * @throws dev.resync.error.AccessDenied where the profile gives them none
     * @throws dev.resync.error.DatabaseForeign where the database belongs to another environment
     */
    void require(CallerRole... roles) {
        caller().require(context().environment(), roles);
        new OwnDatabase(context()).require();
    }

    /**
     * Returns the body of a request as an object that may be added to.
     *
     * @throws RequestInvalid where it is none
     */
    ObjectNode object(JsonNode json) {
        if (json == null || !json.isObject()) {
            throw new RequestInvalid("The body is " + (json == null ? "missing" : json.getNodeType())
                    + "; expected a JSON object. Nothing was changed.");
        }
        return ((ObjectNode) json).deepCopy();
    }
}
