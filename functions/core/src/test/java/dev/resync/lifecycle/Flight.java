package dev.resync.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.fixture.MongoProxy;
import dev.resync.fixture.Stops;
import java.util.concurrent.Callable;

/**
 * One call of a function on a thread of its own. Only one thread is ever at work: who starts a flight or lets it go on waits
 * until it is frozen or has ended, so that every sequence of actions can be repeated.
 */
final class Flight {

    private static final long PATIENCE_MILLIS = 30_000;
    private static final ThreadLocal<Flight> CURRENT = new ThreadLocal<>();

    /**
     * Where a function freezes.
     *
     * @param skip how many operations come before; negative for nowhere
     * @param writesOnly whether only writes count
     */
    record Freeze(int skip, boolean writesOnly) {

        static final Freeze NEVER = new Freeze(-1, false);
    }

    private enum State {
        WORKING,
        FROZEN,
        ENDED
    }

    private final String label;
    private final Callable<JsonNode> call;
    private State state = State.WORKING;
    private Freeze freeze;
    private boolean dying;
    private int operations;
    private int writes;
    private String at = "";
    private JsonNode answer;
    private Throwable raised;

    private Flight(String label, Callable<JsonNode> call, Freeze freeze) {
        this.label = label;
        this.call = call;
        this.freeze = freeze;
    }

    /** Calls a function; returns when it is frozen or has ended. */
    static Flight start(String label, Callable<JsonNode> call, Freeze freeze) {
        Flight flight = new Flight(label, call, freeze);
        Thread thread = new Thread(flight::fly, label);
        thread.setDaemon(true);
        thread.start();
        flight.awaitRest();
        return flight;
    }

    /** Told of every operation, by the thread that is about to do it. */
    static void operation(String name) {
        Flight flight = CURRENT.get();
        if (flight != null) {
            flight.before(name);
        }
    }

    private void fly() {
        CURRENT.set(this);
        try {
            answer = call.call();
        } catch (Throwable e) {
            raised = e;
        }
        change(State.ENDED);
    }

    private void before(String operation) {
        dieIfAsked();
        operations++;
        writes += MongoProxy.writes(operation) ? 1 : 0;
        boolean counts = freeze.skip() >= 0 && (!freeze.writesOnly() || MongoProxy.writes(operation));
        if (!counts) {
            return;
        }
        if (freeze.skip() > 0) {
            freeze = new Freeze(freeze.skip() - 1, freeze.writesOnly());
            return;
        }
        at = operation;
        change(State.FROZEN);
        await(State.FROZEN);
        dieIfAsked();
    }

    private void dieIfAsked() {
        if (dying) {
            throw new Stops.Died(label);
        }
    }

    /** Lets it go on; returns when it is frozen again or has ended. */
    void goOn(Freeze next) {
        freeze = next;
        change(State.WORKING);
        awaitRest();
    }

    /** Makes it die where it is. */
    void die() {
        dying = true;
        goOn(Freeze.NEVER);
    }

    synchronized boolean ended() {
        return state == State.ENDED;
    }

    /** Returns how many operations it has come to, or how many of them were writes. */
    int operations(boolean writesOnly) {
        return writesOnly ? writes : operations;
    }

    /** Returns what it answered; null where it raised something. */
    JsonNode answer() {
        return answer;
    }

    /** Returns what it raised; null where it answered. */
    Throwable raised() {
        return raised;
    }

    private void awaitRest() {
        await(State.WORKING);
    }

    private synchronized void change(State next) {
        state = next;
        notifyAll();
    }

    /** Waits as long as it is in this state. */
    private synchronized void await(State until) {
        // A frozen one may be needed much later; who waits for one that works gives up in the end.
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        try {
            while (state == until) {
                if (until == State.WORKING && System.nanoTime() > deadline) {
                    throw new AssertionError(label + " did not end");
                }
                wait(PATIENCE_MILLIS);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return ended() ? label : label + " before " + at;
    }
}
