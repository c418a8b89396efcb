package dev.resync.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.admin.RunControl.Asking;
import dev.resync.environment.CallerRole;
import dev.resync.error.RunUnknown;
import dev.resync.run.Run;
import dev.resync.run.RunHistory;
import dev.resync.run.RunSummary;
import dev.resync.stage.StageContext;
import dev.resync.status.RunStatus;
import dev.resync.status.StatusReader;
import dev.resync.verify.DifferenceReport;
import dev.resync.verify.DifferenceStore;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Runs: what there are, and what can be done with them. A GET changes nothing. */
@Path("/runs")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RunsResource {

    private static final int MOST = 500;

    private final Deployed deployed;

    RunsResource(Deployed deployed) {
        this.deployed = deployed;
    }

    /**
     * Some runs of one environment.
     *
     * @param environment name of the environment
     * @param kind what it is for
     * @param colour colour that stands for it
     * @param runs newest first
     * @param next id to give as {@code after} for the next ones; null where there are no more
     */
    public record Page(String environment, String kind, String colour, List<RunSummary> runs, String next) {}

    /** Lists runs, newest first. */
    @GET
    public Response list(
            @QueryParam("limit") @DefaultValue("50") String limited,
            @QueryParam("after") String after,
            @Context HttpHeaders headers) {
        deployed.requireViewer();
        int limit = WholeNumber.of("limit", limited, 1, MOST);
        StageContext context = deployed.context();
        Run before = after == null
                ? null
                : context.runs()
                        .find(after)
                        .orElseThrow(() ->
                                new RunUnknown("after is " + after + ", and no run has this id. Begin without after."));
        // One more than is told tells whether there are more.
        List<Run> found = new RunHistory(context.store()).page(before, limit + 1);
        List<Run> page = found.subList(0, Math.min(limit, found.size()));
        return Tagged.json(
                new Page(
                        context.environment().name(),
                        context.environment().kind().label(),
                        context.environment().colour().label(),
                        page.stream().map(RunSummary::of).toList(),
                        found.size() > limit ? page.get(limit - 1).id() : null),
                headers);
    }

    /** Shows where a run stands, and what can be done next. */
    @GET
    @Path("/{id}")
    public Response show(@PathParam("id") String id, @Context HttpHeaders headers) {
        deployed.requireViewer();
        StageContext context = deployed.context();
        Run run = context.runs().find(id).orElseThrow(() -> new Awaited(context).of(id));
        RunStatus status = new StatusReader(context, deployed.executions()::status).of(run);
        ObjectNode shown = new RunLinks(context, deployed.caller()).of(status, run);
        ObjectNode lasting = shown.deepCopy();
        lasting.remove("at");
        return Tagged.json(shown, lasting, headers);
    }

    /** Shows the receipt of a run that has ended. */
    @GET
    @Path("/{id}/receipt")
    public Response receipt(@PathParam("id") String id, @Context HttpHeaders headers) {
        deployed.requireViewer();
        Run run = deployed.context().runs().require(id);
        if (run.receipt() == null) {
            throw new RunUnknown(
                    "Run " + id + " has no receipt yet: it is " + run.state() + ". Ask again when it has ended.");
        }
        if (deployed.caller().has(CallerRole.OPERATOR, deployed.context().environment())) {
            return Tagged.json(run.receipt(), headers);
        }
        // Whoever holds the token of a dry run can have it run for real.
        ObjectNode receipt = run.receipt().deepCopy();
        receipt.remove(List.of("confirm", "next"));
        return Tagged.json(receipt, headers);
    }

    /** Shows the bundles that a run could not map, and why. */
    @GET
    @Path("/{id}/quarantine")
    public Response quarantine(
            @PathParam("id") String id,
            @QueryParam("reason") String reason,
            @QueryParam("source") String source,
            @QueryParam("after") @DefaultValue("0") String after,
            @QueryParam("limit") @DefaultValue("50") String limit,
            @Context HttpHeaders headers) {
        deployed.requireViewer();
        StageContext context = deployed.context();
        Run run = context.runs().require(id);
        return Tagged.json(
                QuarantinePage.of(
                        context,
                        run,
                        reason,
                        source,
                        WholeNumber.of("after", after, 0, Integer.MAX_VALUE),
                        WholeNumber.of("limit", limit, 0, MOST)),
                headers);
    }

    /** Shows how the new view of a run differed from live when it was verified. */
    @GET
    @Path("/{id}/diff")
    public Response diff(
            @PathParam("id") String id,
            @QueryParam("target") String target,
            @QueryParam("field") String field,
            @Context HttpHeaders headers) {
        deployed.requireViewer();
        Run run = deployed.context().runs().require(id);
        DifferenceReport report = new DifferenceStore(deployed.context().store())
                .of(run)
                .orElseThrow(() -> new RunUnknown(
                        "Run " + id + " has no report of differences: it is " + DifferenceStore.missing(run)));
        return Tagged.json(report.only(target, field), headers);
    }

    /** Starts a run, or goes on with a suspended one. */
    @POST
    public Response start(JsonNode request, @HeaderParam("Idempotency-Key") String key) {
        return started("start", Body.object(request), key);
    }

    /** Asks for a start and says where to look. */
    Response started(String what, ObjectNode request, String key) {
        Caller caller = deployed.require(CallerRole.OPERATOR, what);
        if (key != null) {
            request.put("idempotencyKey", key);
        }
        Asking asking = deployed.control().start(request, caller);
        String where = "/runs/" + asking.runId();
        Map<String, Object> answer = Map.of(
                "environment",
                deployed.context().environment().name(),
                "runId",
                asking.runId(),
                "execution",
                asking.execution(),
                "links",
                Map.of("run", where, "receipt", where + "/receipt", "stop", where + "/stop"));
        // As it stands: nothing here knows under which name, and by which protocol, API Gateway was called.
        return Response.accepted(answer).header(HttpHeaders.LOCATION, where).build();
    }
}
