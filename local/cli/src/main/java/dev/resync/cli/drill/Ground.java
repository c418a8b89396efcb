package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.local.ExecutionLeases;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.reader.LiveViews;
import dev.resync.cli.reader.ReaderProbe;
import dev.resync.cli.run.Shown;
import dev.resync.cli.run.ShownCommands;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireProxy;
import dev.resync.cli.wire.WireRule;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.FunctionError;
import dev.resync.engine.VirtualTime;
import dev.resync.plan.PlanFile;
import dev.resync.plan.PlanReader;
import dev.resync.run.Environment;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where a drill takes place: the platform in virtual time, a proxy between its functions and the database, and whatever
 * injection is at work.
 */
final class Ground implements AutoCloseable {

    static final Environment ENVIRONMENT = new Environment("drill", "grey", "local", false, 2);

    private static final Injection CALM = new Injection(
            new Fault(FaultKind.STOP, Fault.Phase.EXECUTE, null, Integer.MAX_VALUE, 0, Fault.AfterFailure.WAIT));
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int READER_RESTS = 3;
    /** A view takes a good many of them, so that a rename may come in the middle of a read. */
    private static final int READER_BATCH = 10;
    private static final int CHUNK_DOCUMENTS = 50;
    private static final int ANSWER_MILLIS = 2_000;

    private final MongoClient direct;
    private final MongoClient proxied;
    private final WireProxy proxy;
    private final VirtualTime time;
    private final LocalPlatform platform;
    private final ReaderProbe reader;
    private final LiveViews live;
    private final AtomicReference<Injection> injection = new AtomicReference<>(CALM);
    private final AtomicReference<Operator> operator = new AtomicReference<>();
    private final Stopwatch stopwatch;

    /**
     * @param server where the database is
     * @param plan file of the drill's plan
     * @param begin the time at first
     * @param random source of tokens and nonces
     * @param meddling gets in the way of every command for good; identity but in tests of the drill itself
     */
    Ground(DrillServer server, Path plan, Instant begin, Random random, UnaryOperator<WireRule> meddling) {
        direct = MongoClients.create(server.uri());
        proxy = new WireProxy(server.address());
        proxy.use(meddling.apply(this::judge));
        proxied = MongoClients.create(server.through(proxy, "socketTimeoutMS=" + ANSWER_MILLIS));
        time = VirtualTime.automatic(begin);
        stopwatch = new Stopwatch(time::now);
        platform = new LocalPlatform(
                proxied,
                ExecutionLeases.ALONE,
                new PlanFile(plan, new PlanReader()),
                ENVIRONMENT,
                time,
                random,
                new ShownCommands(
                        new Shown(plan.toString(), server.uri(), "--environment " + ENVIRONMENT.name()),
                        execution -> Optional.empty()),
                new PlatformHooks(name -> {}, this::call, transition -> {}, this::event, this::skewed));
        live = new LiveViews(direct, ScratchData.views(), MongoStore.BATCH);
        reader = new ReaderProbe(server.uri(), ScratchData.views(), READER_BATCH, READER_RESTS);
    }

    private Fate judge(WireCommand command) {
        return injection.get().command(command);
    }

    private JsonNode call(String function, JsonNode payload, Supplier<JsonNode> call) throws FunctionError {
        JsonNode answer = injection.get().call(function, payload, call);
        stopwatch.answered(function, answer);
        Optional.ofNullable(operator.get()).ifPresent(watching -> watching.answered(function, answer));
        return answer;
    }

    private void event(JsonNode event, Consumer<JsonNode> rule) {
        injection.get().event(event, rule);
        Optional.ofNullable(operator.get()).ifPresent(watching -> watching.stopped(event));
    }

    private Clock skewed(Clock clock) {
        // Virtual time stands still while functions work, and how long they take is to be in the receipts.
        long began = System.nanoTime();
        return new SkewedClock(clock, () -> injection.get().skew().plusNanos(System.nanoTime() - began));
    }

    /**
     * Lets an injection strike from now on.
     *
     * @param then sees what fails
     */
    void arm(Injection next, Operator then) {
        operator.set(then);
        injection.set(next);
    }

    /** Lets nothing strike any more. */
    void calm() {
        injection.set(CALM);
        operator.set(null);
    }

    /** Returns a client that no fault can reach. */
    MongoClient direct() {
        return direct;
    }

    LocalPlatform platform() {
        return platform;
    }

    ReaderProbe reader() {
        return reader;
    }

    LiveViews live() {
        return live;
    }

    Stopwatch stopwatch() {
        return stopwatch;
    }

    /** Returns the input of a run or a restore. */
    ObjectNode request(String mode) {
        return ControlJson.mapper()
                .createObjectNode()
                .put("environment", ENVIRONMENT.name())
                .put("mode", mode)
                .put("requestedBy", "resync drill")
                .put("reason", "drill")
                .put("chunkDocuments", CHUNK_DOCUMENTS);
    }

    /**
     * Waits until no execution is at work any more, nor a function that the platform waits for.
     *
     * @throws IllegalStateException where this takes longer than two minutes
     */
    void settle() {
        Instant until = Instant.now().plus(BOUND);
        do {
            requireInTime(until);
            time.awaitRest(Duration.between(Instant.now(), until));
            running().forEach(execution -> platform.await(execution, Duration.between(Instant.now(), until)));
            // A function of a stopped execution may still be in flight, an admission among them.
            time.awaitIdle(Duration.between(Instant.now(), until));
        } while (running().findAny().isPresent());
    }

    /** Lets the reconciler and whatever it starts do their work. */
    void reconcile() {
        platform.stages().call("reconcile", ControlJson.mapper().createObjectNode());
        settle();
    }

    private static void requireInTime(Instant until) {
        if (!Instant.now().isBefore(until)) {
            throw new IllegalStateException("the executions did not come to an end within two minutes");
        }
    }

    private Stream<String> running() {
        return Stream.of(platform.resyncMachine(), platform.restoreMachine())
                .map(machine -> platform.engine().listExecutions(machine))
                .flatMap(List::stream)
                .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
                .map(ExecutionDescription::executionArn);
    }

    @Override
    public void close() {
        reader.close();
        platform.close();
        proxied.close();
        proxy.close();
        direct.close();
    }
}
