package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.admission.RequestTickets;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.local.ExecutionLeases;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireProxy;
import dev.resync.cli.wire.WireRule;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.RealTime;
import dev.resync.environment.DatabaseRegister;
import dev.resync.environment.EnvironmentReader;
import dev.resync.plan.PlanFile;
import dev.resync.plan.PlanReader;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first half of the incident: a start that was not meant is refused before anything is read, whichever way it comes. */
class MistakenStartTest {

    private static final Path STORIES = Path.of("..", "..", "scenarios", "starts");
    private static final Path PROFILES = Path.of("..", "..", "environments");
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final List<String> touched = Collections.synchronizedList(new ArrayList<>());

    static Stream<Path> stories() throws IOException {
        try (Stream<Path> folders = Files.list(STORIES)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void isRefusedBeforeAnythingIsRead(Path story) throws IOException {
        JsonNode told =
                ControlJson.mapper().readTree(story.resolve("scenario.json").toFile());
        try (WorldDatabase world = new WorldDatabase(20);
                WireProxy proxy = new WireProxy(addressOf(world.uri()));
                MongoClient client = MongoClients.create("mongodb://" + proxy.address());
                LocalPlatform production = platform(client, told.path("profile").asText())) {
            new DatabaseRegister(
                            production.context().store(), production.context().environment(), Clock.systemUTC())
                    .adopt();
            proxy.use(this::watch);
            ObjectNode request = (ObjectNode) told.get("request");
            for (JsonNode refusal : told.get("refused")) {
                String said =
                        switch (refusal.path("way").asText()) {
                            case "console" -> execution(production, request.deepCopy(), refusal);
                            case "api" ->
                                execution(
                                        production,
                                        new RequestTickets(production.context())
                                                .issue(request.deepCopy().put("via", "api"), "arn:aws:iam::1:user/ada"),
                                        refusal);
                            default -> commandLine(proxy, request, refusal);
                        };
                refusal.path("says").forEach(says -> assertThat(said).contains(says.asText()));
            }
            assertThat(touched).as("reads and writes beside the control data").isEmpty();
            assertThat(world.control("runs").countDocuments()).isZero();
        }
    }

    private static String execution(LocalPlatform platform, ObjectNode input, JsonNode refusal) {
        ExecutionDescription ended = platform.await(platform.startResync(null, input), BOUND);
        assertThat(ended.error())
                .isEqualTo("dev.resync.error." + refusal.path("error").asText());
        return ended.cause();
    }

    private static String commandLine(WireProxy proxy, JsonNode request, JsonNode refusal) {
        Said said = Cli.type(
                "run",
                "--mongo-uri",
                "mongodb://" + proxy.address(),
                "--environment",
                request.path("environment").asText(),
                "--plan",
                WorldDatabase.PLAN,
                "--requested-by",
                request.path("requestedBy").asText(),
                "--reason",
                request.path("reason").asText(),
                "--confirm",
                request.path("confirm").asText());
        assertThat(said.exitCode()).isNotZero();
        assertThat(said.err())
                .contains("dev.resync.error." + refusal.path("error").asText());
        return said.err();
    }

    private WireRule.Fate watch(WireCommand command) {
        boolean control =
                command.database().equals("resync") || command.database().equals("admin");
        if (command.works() && !control) {
            touched.add(command.name() + " " + command.namespace());
        }
        return WireRule.Fate.PASSED;
    }

    private static LocalPlatform platform(MongoClient client, String profile) throws IOException {
        return new LocalPlatform(
                client,
                ExecutionLeases.ALONE,
                new PlanFile(Path.of(WorldDatabase.PLAN), new PlanReader()),
                new EnvironmentReader()
                        .read(Files.readString(PROFILES.resolve(profile)).replace("*.prod.example.com", "127.0.0.1")),
                new RealTime(),
                new SecureRandom(),
                new ShownCommands(new Shown(WorldDatabase.PLAN, "", ""), run -> Optional.empty()),
                PlatformHooks.NONE);
    }

    private static InetSocketAddress addressOf(String uri) {
        String[] address = new ConnectionString(uri).getHosts().get(0).split(":");
        return new InetSocketAddress(address[0], Integer.parseInt(address[1]));
    }
}
