package dev.resync.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.environment.CallerRole;
import dev.resync.error.RequestInvalid;
import dev.resync.pace.Throttle;
import dev.resync.pace.Throttle.Limit;
import dev.resync.run.Run;
import dev.resync.run.RunSummary;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What can be done with runs that there are. */
@Path("/runs")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RunChangesResource {

    private final Deployed deployed;

    RunChangesResource(Deployed deployed) {
        this.deployed = deployed;
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

    /** Has the failed execution of a suspended run go on where it failed. */
    @POST
    @Path("/{id}/redrive")
    public Response redrive(@PathParam("id") String id, JsonNode json) {
        Caller caller = deployed.require(CallerRole.OPERATOR, "redrive " + id);
        Body body = Body.of(json);
        Run run = deployed.control().redrive(id, body.environment(), body.reason(), caller);
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
