package dev.resync.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.retention.ListedSnapshot;
import dev.resync.retention.RetentionReview;
import dev.resync.stage.StageContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;

/** Snapshots, and bringing one back. */
@Path("/snapshots")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SnapshotsResource {

    private final Deployed deployed;
    private final RunsResource runs;

    SnapshotsResource(Deployed deployed, RunsResource runs) {
        this.deployed = deployed;
        this.runs = runs;
    }

    /**
     * The snapshots of one environment.
     *
     * @param environment name of the environment
     * @param snapshots newest first, then those whose manifest cannot be read
     */
    public record Listing(String environment, List<ListedSnapshot> snapshots) {}

    /** Lists retained snapshots. */
    @GET
    public Response list(@Context HttpHeaders headers) {
        deployed.requireViewer();
        StageContext context = deployed.context();
        List<ListedSnapshot> readable = new RetentionReview(
                        context.store(), context.snapshots(), context.runs(), context.clock())
                .judge().stream().map(ListedSnapshot::of).toList();
        List<String> unreadable = context.snapshots().manifests().unreadable();
        return Tagged.json(
                new Listing(
                        context.environment().name(),
                        Stream.concat(readable.stream(), unreadable.stream().map(ListedSnapshot::unreadable))
                                .toList()),
                headers);
    }

    /** Brings a snapshot back, or with mode {@code RESTORE_DRY_RUN} says what that would change. */
    @POST
    @Path("/{id}/restore")
    public Response restore(@PathParam("id") String id, JsonNode json, @HeaderParam("Idempotency-Key") String key) {
        return runs.started("restore " + id, Body.object(json).put("snapshot", id), key);
    }
}
