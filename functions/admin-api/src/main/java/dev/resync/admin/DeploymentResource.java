package dev.resync.admin;

import dev.resync.admission.Preview;
import dev.resync.environment.CallerRole;
import dev.resync.environment.DatabaseRegister;
import dev.resync.stage.StageContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;

/** What is deployed here. */
@Path("/")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class DeploymentResource {

    private final Deployed deployed;

    DeploymentResource(Deployed deployed) {
        this.deployed = deployed;
    }

    /**
     * The environment.
     *
     * @param environment its name
     * @param kind what it is for
     * @param colour colour that stands for it
     * @param artifact what names the running code
     * @param caller who asks
     * @param roles what the environment's profile lets them do; at least one
     */
    public record Place(
            String environment, String kind, String colour, String artifact, String caller, List<String> roles) {}

    /**
     * Whether this answers.
     *
     * @param environment name of the environment
     * @param database whether the database answers, and belongs to it or says nothing
     */
    public record Health(String environment, boolean database) {}

    /** Says where this is. */
    @GET
    @Path("environment")
    public Response environment(@Context HttpHeaders headers) {
        deployed.requireViewer();
        StageContext context = deployed.context();
        Caller caller = deployed.caller();
        return Tagged.json(
                new Place(
                        context.environment().name(),
                        context.environment().kind().label(),
                        context.environment().colour().label(),
                        context.artifact(),
                        caller.name(),
                        Stream.of(CallerRole.values())
                                .filter(role -> caller.has(role, context.environment()))
                                .map(CallerRole::label)
                                .toList()),
                headers);
    }

    /** Lists the plans with their hashes and an example of a request. */
    @GET
    @Path("plans")
    public Response plans(@Context HttpHeaders headers) {
        deployed.requireViewer();
        return Tagged.json(
                Preview.of(deployed.context().environment(), deployed.context().plans()), headers);
    }

    /** Says whether the database answers. */
    @GET
    @Path("health")
    public Health health() {
        StageContext context = deployed.context();
        new DatabaseRegister(context.store(), context.environment(), context.clock()).require();
        return new Health(context.environment().name(), true);
    }
}
