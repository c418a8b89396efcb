package dev.resync.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.admission.Preview;
import dev.resync.environment.DatabaseRegister;
import dev.resync.stage.StageContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

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
     */
    public record Place(String environment, String kind, String colour, String artifact) {}

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
    public Place environment() {
        deployed.requireViewer();
        StageContext context = deployed.context();
        return new Place(
                context.environment().name(),
                context.environment().kind().label(),
                context.environment().colour().label(),
                context.artifact());
    }

    /** Lists the plans with their hashes and an example of a request. */
    @GET
    @Path("plans")
    public JsonNode plans() {
        deployed.requireViewer();
        return Preview.of(deployed.context().environment(), deployed.context().plans());
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
