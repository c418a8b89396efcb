package dev.resync.cli.serve;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import com.sun.net.httpserver.HttpServer;
import dev.resync.admin.AdminResources;
import dev.resync.admin.Callers;
import dev.resync.admin.ExecutionControl;
import dev.resync.admin.ProblemMapper;
import dev.resync.error.PortUnavailable;
import dev.resync.stage.StageContext;
import dev.resync.store.ControlJson;
import jakarta.ws.rs.ProcessingException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.message.GZipEncoder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.filter.EncodingFilter;

/** The admin API and its page over HTTP on the loopback address, without sign-in. */
public final class AdminServer implements AutoCloseable {

    /** Warns of every resource that is an instance rather than a class. Held, or else its level would be forgotten. */
    private final Logger registration = Logger.getLogger("org.glassfish.jersey.internal.inject.Providers");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "admin");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Starts the server.
     *
     * @param port port to listen on, 1 to 65,535; 0 for any free one
     * @param context what the resources work on
     * @param executions what they ask of executions
     * @param callers who calls
     * @throws PortUnavailable where something else listens there, or this user may not
     */
    public AdminServer(int port, StageContext context, ExecutionControl executions, Callers callers) {
        registration.setLevel(Level.SEVERE);
        ResourceConfig config = new ResourceConfig()
                .register(new LoopbackOnly())
                .register(new BodyLimit())
                .register(new ProblemMapper())
                .register(new JacksonJsonProvider(ControlJson.mapper().copy()))
                .property(ServerProperties.WADL_FEATURE_DISABLE, true);
        EncodingFilter.enableFor(config, GZipEncoder.class);
        AdminResources.of(() -> context, () -> executions, callers, Optional.empty())
                .forEach(config::register);
        try {
            server = JdkHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:" + port + "/"), config, false);
        } catch (ProcessingException taken) {
            throw new PortUnavailable(port, taken);
        }
        server.setExecutor(threads);
        server.start();
    }

    /** Returns where it answers, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
