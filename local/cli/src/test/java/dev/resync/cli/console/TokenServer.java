package dev.resync.cli.console;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import com.sun.net.httpserver.HttpServer;
import dev.resync.admin.AdminResources;
import dev.resync.admin.Caller;
import dev.resync.admin.ProblemMapper;
import dev.resync.admin.SignIn;
import dev.resync.stage.StageContext;
import dev.resync.store.ControlJson;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The API behind an authorizer that wants a token for all but the page's own files, as API Gateway does with JWT. */
final class TokenServer implements AutoCloseable {

    private final HttpServer server;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    TokenServer(StageContext context, SignIn signIn) {
        ResourceConfig config = new ResourceConfig()
                .property(ServerProperties.WADL_FEATURE_DISABLE, true)
                .register(new Authorizer())
                .register(new ProblemMapper())
                .register(new JacksonJsonProvider(ControlJson.mapper().copy()));
        AdminResources.of(
                        () -> context,
                        () -> {
                            throw new IllegalStateException("nothing is started here");
                        },
                        () -> new Caller("somebody with a token", List.of()),
                        Optional.of(signIn))
                .forEach(config::register);
        server = JdkHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), config);
    }

    String page() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/console/";
    }

    /** From now on this token counts no more. */
    void refuse(String token) {
        refused.add("Bearer " + token);
    }

    /** No public class: registered as an instance. */
    private final class Authorizer implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            String given = request.getHeaderString(HttpHeaders.AUTHORIZATION);
            boolean open = request.getUriInfo().getPath().startsWith("console");
            if (!open && (given == null || !given.startsWith("Bearer token-") || refused.contains(given))) {
                request.abortWith(Response.status(Response.Status.UNAUTHORIZED)
                        .entity("{\"message\": \"Unauthorized\"}")
                        .type("application/json")
                        .build());
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
