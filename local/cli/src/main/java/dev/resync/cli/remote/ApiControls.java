package dev.resync.cli.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.banner.Guarded;
import dev.resync.cli.control.Outcome;
import dev.resync.cli.control.RunControls;
import dev.resync.cli.control.RunWatch;
import dev.resync.cli.option.RequesterOptions.Who;
import dev.resync.cli.option.Shell;
import dev.resync.cli.output.Output;
import dev.resync.cli.progress.Progress;
import dev.resync.cli.progress.ProgressStyle;
import dev.resync.cli.remote.ApiOptions.Api;
import dev.resync.environment.Environment;
import dev.resync.pace.Throttle;
import dev.resync.pace.Throttle.Limit;
import dev.resync.run.RunState;
import dev.resync.run.RunSummary;
import dev.resync.status.RunStatus.Gates;
import dev.resync.store.ControlJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Controls runs by asking an admin API. They go on without this process. */
public final class ApiControls implements RunControls {

    private static final Duration LOOK = Duration.ofSeconds(1);
    /** How long a run may stay in the state that it was told to leave. */
    private static final Duration LEAVING = Duration.ofMinutes(2);

    private final AdminApi api;
    private final ApiRecords records;
    private final Environment environment;
    private final Progress progress;
    private final RemoteInterrupt interrupt;
    /** The options that name API and environment in a command, with a space before the first. */
    private final String shown;

    private ApiControls(AdminApi api, Environment environment, String shown, Progress progress) {
        this.api = api;
        this.records = new ApiRecords(api);
        this.environment = environment;
        this.progress = progress;
        this.shown = shown;
        this.interrupt = new RemoteInterrupt(
                shown, (run, why) -> api.post(List.of("runs", run, "stop"), body().put("reason", why)));
    }

    /**
     * Opens an API, once it was found to be of the environment that is meant.
     *
     * @param meant as named, or as its profile says
     * @param profiled whether there is a profile
     * @param shownEnvironment the options that name the environment, for commands that are shown
     * @param output whether progress is shown as JSON
     * @throws dev.resync.error.EnvironmentMismatch where it is of another one; then nothing was asked of it
     */
    public static ApiControls open(
            Api chosen, Environment meant, boolean profiled, String shownEnvironment, Output output) {
        AdminApi api = chosen.client();
        Environment environment = ApiEnvironment.require(api, meant, profiled);
        return new ApiControls(
                api,
                environment,
                chosen.shown() + " " + shownEnvironment,
                ProgressStyle.of(environment, output.json()));
    }

    /** Has an interrupt of this process stop the run that is being followed, or leave it alone; returns these controls. */
    public ApiControls stopOnInterrupt(boolean stop) {
        interrupt.stop(stop);
        return this;
    }

    @Override
    public void show(Output output) {
        Guarded.show(environment, output);
    }

    @Override
    public void confirm(String what, Output output) {
        Guarded.confirm(environment, what, output);
    }

    @Override
    public String planName(Path plan) {
        return DeployedPlans.of(api).name(plan);
    }

    @Override
    public Outcome start(ObjectNode request, String what) {
        ObjectNode body = request.deepCopy();
        // The API says itself by which way it was asked.
        body.remove("via");
        JsonNode snapshot = body.remove("snapshot");
        JsonNode started;
        if (body.has("resume")) {
            // The state of the run sees to it that it goes on once; a key is refused.
            started = api.post(List.of("runs"), body);
        } else {
            started = snapshot == null
                    ? api.start(List.of("runs"), body)
                    : api.start(List.of("snapshots", snapshot.asText(), "restore"), body);
        }
        String runId = started.path("runId").asText();
        Outcome outcome = followed(
                runId, new Admission(records, progress, runId), body.has("resume") ? RunState.SUSPENDED : null);
        offer(outcome);
        return outcome;
    }

    /** The receipt says it for the console of the deployment; whoever is here goes on from here. */
    private void offer(Outcome outcome) {
        if (outcome.receipt() != null && outcome.receipt().hasNonNull("confirm")) {
            progress.say("the real run, from here: " + System.getProperty("resync.program", "./resync") + " run --plan "
                    + Shell.quote(outcome.run().plan()) + " --confirm "
                    + Shell.quote(outcome.receipt().path("confirm").asText()) + shown + " --reason "
                    + Shell.quote(outcome.run().reason()));
        }
    }

    @Override
    public Outcome goOn(ObjectNode request, Who who) {
        return start(request, "resume");
    }

    @Override
    public Outcome redrive(String runId, Who who) {
        api.post(List.of("runs", runId, "redrive"), body(who));
        return followed(runId, new Admission(records, progress, runId), RunState.SUSPENDED);
    }

    @Override
    public Outcome stop(String runId, Who who) {
        ObjectNode body = body(who);
        if (!body.has("reason")) {
            body.put("reason", "stopped from the command line");
        }
        RunSummary before = ApiRecords.summary(api.post(List.of("runs", runId, "stop"), body));
        return followed(
                runId,
                new Admission(records, progress, runId),
                before.state() == RunState.SUSPENDED ? RunState.SUSPENDED : null);
    }

    private Outcome followed(String runId, Admission admission, RunState leaving) {
        interrupt.follow(runId);
        try {
            new RunWatch(progress, LOOK).until(admission::status, leaving, LEAVING);
            return records.run(runId);
        } finally {
            interrupt.release();
        }
    }

    @Override
    public RunSummary hold(String runId, Who who) {
        return asked(runId, "hold", body(who));
    }

    @Override
    public RunSummary release(String runId, Who who) {
        return asked(runId, "continue", body(who));
    }

    @Override
    public RunSummary throttle(String runId, Throttle throttle, Who who) {
        ObjectNode body = body(who);
        put(body, "documentsPerSecond", throttle.documentsPerSecond());
        put(body, "concurrency", throttle.concurrency());
        return asked(runId, "throttle", body);
    }

    private static void put(ObjectNode body, String field, Limit limit) {
        if (limit != null && limit.most() == null) {
            body.put(field, "none");
        } else if (limit != null) {
            body.put(field, limit.most());
        }
    }

    @Override
    public Verified verified(String verb, String runId, Who who) {
        JsonNode status = records.status(runId);
        Gates verdict = status.hasNonNull("verdict")
                ? ApiRecords.as(status.path("verdict"), new TypeReference<Gates>() {})
                : null;
        return new Verified(ApiRecords.summary(status), verdict);
    }

    @Override
    public RunSummary approve(String runId, Who who) {
        return asked(runId, "approve", body(who));
    }

    @Override
    public RunSummary refuse(String runId, Who who) {
        return asked(runId, "refuse", body(who));
    }

    private RunSummary asked(String runId, String what, ObjectNode body) {
        return ApiRecords.summary(api.post(List.of("runs", runId, what), body));
    }

    private ObjectNode body() {
        return ControlJson.mapper().createObjectNode().put("environment", environment.name());
    }

    /** Who asks the API knows. */
    private ObjectNode body(Who who) {
        return who.reason() == null ? body() : body().put("reason", who.reason());
    }

    @Override
    public void say(String line) {
        progress.say(line);
    }

    @Override
    public void close() {
        progress.close();
        interrupt.close();
    }
}
