package dev.resync.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Settings of an {@link Engine}. Not thread-safe; may be used for one engine. */
public final class EngineBuilder {
    final LambdaInvoker invoker;
    final List<EventListener> events = new ArrayList<>();
    final List<TransitionListener> transitions = new ArrayList<>();
    Scheduler scheduler;
    DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    Supplier<String> ids = () -> UUID.randomUUID().toString();
    int interpreterThreads = Math.max(2, Runtime.getRuntime().availableProcessors());
    int concurrentCalls = 64;
    int mostChildren = 1_000;
    int mostExecutions = 50_000;
    int longestHistory = 25_000;
    Duration closingTime = Duration.ofSeconds(10);

    EngineBuilder(LambdaInvoker invoker) {
        this.invoker = Objects.requireNonNull(invoker, "invoker");
    }

    /**
     * Where time comes from; {@link RealTime} unless set. The engine closes it.
     *
     * @param value not null
     * @return this
     */
    public EngineBuilder scheduler(Scheduler value) {
        scheduler = Objects.requireNonNull(value, "scheduler");
        return this;
    }

    /**
     * Where chance comes from, for jitter and {@code $random()}; called from several threads.
     *
     * @param value gives numbers from 0 (included) to 1 (excluded)
     * @return this
     */
    public EngineBuilder random(DoubleSupplier value) {
        random = Objects.requireNonNull(value, "random");
        return this;
    }

    /**
     * Where ids come from: event ids, task tokens, {@code $uuid()}, map runs and nameless executions; called from
     * several threads.
     *
     * @param value gives another text at each call, at most 60 characters that may stand in an execution's name
     * @return this
     */
    public EngineBuilder ids(Supplier<String> value) {
        ids = Objects.requireNonNull(value, "ids");
        return this;
    }

    /**
     * Adds a receiver of status-change events.
     *
     * @param listener not null
     * @return this
     */
    public EngineBuilder onStatusChange(EventListener listener) {
        events.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Adds a receiver of state transitions.
     *
     * @param listener not null
     * @return this
     */
    public EngineBuilder onTransition(TransitionListener listener) {
        transitions.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * How many threads interpret states; as many as processors, at least 2, unless set.
     *
     * @param value at least 1
     * @return this
     */
    public EngineBuilder interpreterThreads(int value) {
        interpreterThreads = positive(value, "interpreterThreads");
        return this;
    }

    /**
     * How many functions may run at once, each on a thread of its own; further calls wait. 64 unless set. The time
     * limit of a Task counts while it waits.
     *
     * @param value at least 1
     * @return this
     */
    public EngineBuilder concurrentCalls(int value) {
        concurrentCalls = positive(value, "concurrentCalls");
        return this;
    }

    /**
     * How many children one distributed map may have going at once, whatever its MaxConcurrency; 1,000 unless set.
     *
     * @param value at least 1
     * @return this
     */
    public EngineBuilder mostChildren(int value) {
        mostChildren = positive(value, "mostChildren");
        return this;
    }

    /**
     * How many executions to remember, children of maps included; when more are known as one is started, the oldest
     * closed ones are forgotten, each with its children and history. 50,000 unless set: about 300 MB with small
     * payloads.
     *
     * @param value at least 1
     * @return this
     */
    public EngineBuilder mostExecutions(int value) {
        mostExecutions = positive(value, "mostExecutions");
        return this;
    }

    /**
     * How many events a history may have before the execution fails; 25,000 as on AWS unless set.
     *
     * @param value at least 3
     * @return this
     */
    public EngineBuilder longestHistory(int value) {
        longestHistory = positive(value, "longestHistory");
        return this;
    }

    /**
     * How long {@link Engine#close} waits for functions under way, in real time; 10 seconds unless set.
     *
     * @param value not negative
     * @return this
     */
    public EngineBuilder closingTime(Duration value) {
        closingTime = Objects.requireNonNull(value, "closingTime");
        return this;
    }

    /**
     * Starts the engine.
     *
     * @return to be closed by the caller
     */
    public Engine build() {
        if (scheduler == null) {
            scheduler = new RealTime();
        }
        return new Engine(this);
    }

    private static int positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1");
        }
        return value;
    }
}
