package dev.resync.cli.run;

import dev.resync.admin.Caller;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.serve.AdminServer;
import dev.resync.cli.serve.ServedPlatform;
import dev.resync.environment.EnvironmentReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The world example with an admin API of its own, as {@code resync serve --admin-port} has it. */
final class ServedWorld implements AutoCloseable {

    private final WorldDatabase world;
    private final ServedPlatform platform;
    private final AdminServer server;
    private final AtomicReference<String> caller = new AtomicReference<>("ada@example.com");

    /** @param profile of the environment */
    ServedWorld(int regions, String profile) {
        this(regions, profile, WorldDatabase.PLANS.resolve("examples"));
    }

    /** @param plans folder of the plans that are deployed */
    ServedWorld(int regions, String profile, Path plans) {
        world = new WorldDatabase(regions);
        platform = new ServedPlatform(
                world.uri(), new EnvironmentReader().read(profile), "--environment test", plans, PlatformHooks.NONE);
        server = new AdminServer(
                0, platform.context(), platform.executions(), () -> new Caller(caller.get(), List.of()));
    }

    WorldDatabase world() {
        return world;
    }

    String url() {
        return server.url();
    }

    /** Has the API take everybody for somebody. */
    void calledBy(String who) {
        caller.set(who);
    }

    /** Runs a command that looks, on the API. */
    Said look(String command, String... more) {
        return typed(command, List.of("--endpoint", url()), more);
    }

    /** Runs the same on the database. */
    Said lookAtDatabase(String command, String... more) {
        return typed(command, List.of("--mongo-uri", world.uri()), more);
    }

    /** Runs a command that changes something, on the API. */
    Said change(String command, String... more) {
        return typed(command, List.of("--endpoint", url(), "--environment", "test", "--reason", "a test"), more);
    }

    private static Said typed(String command, List<String> place, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(more));
        all.addAll(place);
        return Cli.type(all.toArray(String[]::new));
    }

    @Override
    public void close() {
        server.close();
        platform.close();
        world.close();
    }
}
