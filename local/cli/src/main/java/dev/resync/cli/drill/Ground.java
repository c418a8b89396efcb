package dev.resync.cli.drill;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.local.ExecutionLeases;
import dev.resync.cli.local.LocalEnvironment;
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
import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentReader;
import dev.resync.plan.PlanFile;
import dev.resync.plan.PlanReader;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
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

    static final ObjectNode PROFILE = LocalEnvironment.profile("drill", Colour.GREY, 2);

    static final Environment ENVIRONMENT = new EnvironmentReader().read(PROFILE.toString());

    /** A fault that never strikes. */
    static final Fault NOTHING =
            new Fault(FaultKind.STOP, Fault.Phase.EXECUTE, null, Integer.MAX_VALUE, 0, Fault.AfterFailure.WAIT, null);

    private static final Injection CALM = new Injection(NOTHING);
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int READER_RESTS = 3;
    /** A view takes a good many of them, so that a rename may come in the middle of a read. */
    private static final int READER_BATCH = 10;

    private static final int ANSWER_MILLIS = 2_000;
    /** Half a second, as drivers have it, is most of what a round takes that loses a connection. */
    private static final int LOOK_AGAIN_MILLIS = 10;

    private final MongoClient direct;
    private final MongoClient proxied;
    private final WireProxy proxy;
    private final Supplier<LocalPlatform> newPlatform;
    private final Rehearsed rehearsed;
    private final Clock clock;
    private final ReaderProbe reader;
    private final LiveViews live;
    private final MongoStore store;
    private final AtomicReference<Injection> injection = new AtomicReference<>(CALM);
    private final AtomicReference<Operator> operator = new AtomicReference<>();
    private final Stopwatch stopwatch;
    private final Stopwatch sinceReconcile;
    private VirtualTime time;
    private LocalPlatform platform;

    /**
     * @param server where the database is
     * @param rehearsed what is rebuilt
     * @param plan file of the drill's plan
     * @param clock says when a round begins; processes of their own work by it
     * @param random source of tokens and nonces
     * @param meddling gets in the way of every command for good; identity but in tests of the drill itself
     */
    Ground(
            DrillServer server,
            Rehearsed rehearsed,
            Path plan,
            Clock clock,
            Random random,
            UnaryOperator<WireRule> meddling) {
        direct = MongoClients.create(server.uri());
        proxy = new WireProxy(server.address());
        proxy.use(meddling.apply(this::judge));
        proxied = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.through(proxy, "socketTimeoutMS=" + ANSWER_MILLIS)))
                .applyToServerSettings(settings -> settings.minHeartbeatFrequency(LOOK_AGAIN_MILLIS, MILLISECONDS))
                .build());
        this.rehearsed = rehearsed;
        this.clock = clock;
        stopwatch = new Stopwatch(() -> time.now());
        sinceReconcile = new Stopwatch(() -> time.now());
        newPlatform = () -> new LocalPlatform(
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
        store = new MongoStore(direct);
        live = new LiveViews(direct, rehearsed.views(), MongoStore.BATCH);
        reader = new ReaderProbe(server.uri(), rehearsed.views(), READER_BATCH, READER_RESTS, rehearsed.inPlace());
        begin();
    }

    /**
     * Begins a round: without any run, and with a time that is the processes' own. What was waited for in earlier rounds would
     * have left them hours behind, and a verdict of theirs would be too old for a run's next function.
     */
    void begin() {
        if (platform != null) {
            platform.close();
        }
        direct.getDatabase(MongoStore.CONTROL_DATABASE).drop();
        time = VirtualTime.automatic(clock.instant());
        platform = newPlatform.get();
    }

    private Fate judge(WireCommand command) {
        return injection.get().command(command);
    }

    private JsonNode call(String function, JsonNode payload, Supplier<JsonNode> call) throws FunctionError {
        Injection now = injection.get();
        now.calling(function);
        JsonNode answer = now.call(function, payload, call);
        stopwatch.answered(function, answer);
        sinceReconcile.answered(function, answer);
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
        calm(CALM);
    }

    /** Lets nothing strike any more, but for something that only looks. */
    void calm(Injection watching) {
        injection.set(watching);
        operator.set(null);
        stopwatch.reset();
        sinceReconcile.reset();
    }

    /** Returns a client that no fault can reach. */
    MongoClient direct() {
        return direct;
    }

    /** Returns what is rebuilt. */
    Rehearsed rehearsed() {
        return rehearsed;
    }

    LocalPlatform platform() {
        return platform;
    }

    ReaderProbe reader() {
        return reader;
    }

    /** Returns the database past all faults. */
    MongoStore store() {
        return store;
    }

    /** Reads the live views past all faults. */
    LiveState live() {
        return LiveState.of(live.hashes(), rehearsed.views(), store);
    }

    /** Measures from a stop. */
    Stopwatch stopwatch() {
        return stopwatch;
    }

    /** Measures from a reconcile that finds an open run. */
    Stopwatch sinceReconcile() {
        return sinceReconcile;
    }

    /** Returns the documents of the live views by name. */
    Map<String, ViewDocuments> documents() {
        Map<String, ViewDocuments> documents = new TreeMap<>();
        rehearsed.views().forEach(view -> documents.put(view.getCollectionName(), ViewDocuments.of(store, view)));
        return documents;
    }

    /** Returns the executions of the restore state machine that are at work. */
    List<String> closings() {
        return running(platform.restoreMachine()).toList();
    }

    /** Returns the input of a run or a restore. */
    ObjectNode request(String mode) {
        return ControlJson.mapper()
                .createObjectNode()
                .put("environment", ENVIRONMENT.name())
                .put("mode", mode)
                .put("requestedBy", "resync drill")
                .put("reason", "drill")
                .put("chunkDocuments", rehearsed.chunkDocuments());
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

    /** Keeps time from passing until closed. */
    VirtualTime.Hold holdTime() {
        return time.hold();
    }

    /** Lets time pass. */
    void pass(Duration duration) {
        CountDownLatch passed = new CountDownLatch(1);
        time.schedule(duration, passed::countDown);
        try {
            if (!passed.await(BOUND.toMillis(), MILLISECONDS)) {
                throw new IllegalStateException("time did not pass within two minutes: something is still at work");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in a drill", e);
        }
    }

    private static void requireInTime(Instant until) {
        if (!Instant.now().isBefore(until)) {
            throw new IllegalStateException("the executions did not come to an end within two minutes");
        }
    }

    private Stream<String> running() {
        return Stream.of(platform.resyncMachine(), platform.restoreMachine()).flatMap(this::running);
    }

    private Stream<String> running(String machine) {
        return platform.engine().listExecutions(machine).stream()
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
