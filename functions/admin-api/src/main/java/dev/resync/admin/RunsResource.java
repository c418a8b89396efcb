package dev.resync.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.admin.RunControl.Asking;
import dev.resync.environment.CallerRole;
import dev.resync.error.RequestInvalid;
import dev.resync.error.RunUnknown;
import dev.resync.pace.Throttle;
import dev.resync.pace.Throttle.Limit;
import dev.resync.run.Run;
import dev.resync.run.RunSummary;
import dev.resync.stage.StageContext;
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
    public Page list(@QueryParam("limit") @DefaultValue("50") String limited, @QueryParam("after") String after) {
        deployed.requireViewer();
        int limit = limit(limited);
        StageContext context = deployed.context();
        List<Run> all = context.runs().all();
        int from = 0;
        if (after != null) {
            List<String> ids = all.stream().map(Run::id).toList();
            from = ids.indexOf(after) + 1;
            if (from == 0) {
                throw new RunUnknown("after is " + after + ", and no run has this id. Begin without after.");
            }
        }
        List<Run> page = all.subList(from, Math.min(all.size(), from + limit));
        String next =
                from + page.size() < all.size() ? page.get(page.size() - 1).id() : null;
        return new Page(
                context.environment().name(),
                context.environment().kind().label(),
                context.environment().colour().label(),
                page.stream().map(RunSummary::of).toList(),
                next);
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException none) {
            // Named below.
        }
        throw new RequestInvalid("limit is " + text + "; expected a whole number from 1 to " + MOST + ".");
    }

    /** Shows a run. */
    @GET
    @Path("/{id}")
    public RunSummary show(@PathParam("id") String id) {
        deployed.requireViewer();
        return RunSummary.of(deployed.context().runs().require(id));
    }

    /** Shows the receipt of a run that has ended. */
    @GET
    @Path("/{id}/receipt")
    public JsonNode receipt(@PathParam("id") String id) {
        deployed.requireViewer();
        Run run = deployed.context().runs().require(id);
        if (run.receipt() == null) {
            throw new RunUnknown(
                    "Run " + id + " has no receipt yet: it is " + run.state() + ". Ask again when it has ended.");
        }
        if (deployed.caller().has(CallerRole.OPERATOR, deployed.context().environment())) {
            return run.receipt();
        }
        // Whoever holds the token of a dry run can have it run for real.
        ObjectNode receipt = run.receipt().deepCopy();
        receipt.remove(List.of("confirm", "next"));
        return receipt;
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

    /** Stops a run. */
    @POST
    @Path("/{id}/stop")
    public Response stop(@PathParam("id") String id, JsonNode json) {
        Caller caller = deployed.require(CallerRole.OPERATOR, "stop " + id);
        Body body = Body.of(json);
        Run run = deployed.control().stop(id, body.environment(), body.reason(), caller);
        return Response.accepted(RunSummary.of(run)).build();
    }

    /** Approves the cut-over of a run that waits for it. */
    @POST
    @Path("/{id}/approve")
    public RunSummary approve(@PathParam("id") String id, JsonNode json) {
        Caller caller = deployed.require(CallerRole.APPROVER, "approve " + id);
        Body body = Body.of(json);
        return RunSummary.of(deployed.control().approve(id, body.environment(), body.reason(), caller));
    }

    /** Refuses it. */
    @POST
    @Path("/{id}/refuse")
    public RunSummary refuse(@PathParam("id") String id, JsonNode json) {
        Caller caller = deployed.require(CallerRole.APPROVER, "refuse " + id);
        Body body = Body.of(json);
        return RunSummary.of(deployed.control().refuse(id, body.environment(), body.reason(), caller));
    }

    /** Holds a run. */
    @POST
    @Path("/{id}/hold")
    public RunSummary hold(@PathParam("id") String id, JsonNode json) {
        Caller caller = deployed.require(CallerRole.OPERATOR, "hold " + id);
        Body body = Body.of(json);
        return RunSummary.of(deployed.control().hold(id, body.environment(), body.reason(), caller));
    }

    /** Lets a run that is held go on. */
    @POST
    @Path("/{id}/continue")
    public RunSummary release(@PathParam("id") String id, JsonNode json) {
        Caller caller = deployed.require(CallerRole.OPERATOR, "continue " + id);
        Body body = Body.of(json);
        return RunSummary.of(deployed.control().release(id, body.environment(), body.reasonIfGiven(), caller));
    }

    /** Limits the pace of a run. */
    @POST
    @Path("/{id}/throttle")
    public RunSummary throttle(@PathParam("id") String id, JsonNode json) {
        Caller caller = deployed.require(CallerRole.OPERATOR, "throttle " + id);
        Body body = Body.of(json, "documentsPerSecond", "concurrency");
        Throttle throttle = new Throttle(limit(body, "documentsPerSecond"), limit(body, "concurrency"));
        return RunSummary.of(
                deployed.control().throttle(id, body.environment(), throttle, body.reasonIfGiven(), caller));
    }

    private static Limit limit(Body body, String field) {
        if (!body.has(field)) {
            return null;
        }
        JsonNode value = body.value(field);
        if (value.isTextual() && value.textValue().equals("none")) {
            return new Limit(null);
        }
        if (!value.isInt()) {
            throw new RequestInvalid(field + " is " + value + "; expected a whole number, or none for no limit."
                    + " Nothing was changed.");
        }
        return new Limit(value.intValue());
    }
}
