package dev.resync.admin;

import dev.resync.stage.StageContext;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Optional;

/** The API's resources, for a server that makes none by itself. */
public final class AdminResources {

    private AdminResources() {}

    /**
     * Returns them; their errors are answered by {@link ProblemMapper}.
     *
     * @param context asked by each call
     * @param executions asked by each call that needs it
     * @param callers says who calls
     * @param signIn how people sign in to the page; empty where they need not
     */
    public static List<Object> of(
            Provider<StageContext> context,
            Provider<ExecutionControl> executions,
            Callers callers,
            Optional<SignIn> signIn) {
        Deployed deployed = new Deployed(context, executions, callers);
        RunsResource runs = new RunsResource(deployed);
        return List.of(
                runs,
                new RunChangesResource(deployed),
                new SnapshotsResource(deployed, runs),
                new DeploymentResource(deployed),
                new ConsoleResource(signIn),
                new OpenApiResource());
    }
}
