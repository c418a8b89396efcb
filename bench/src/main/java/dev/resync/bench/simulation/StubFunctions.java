package dev.resync.bench.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.engine.FunctionError;
import dev.resync.engine.LambdaInvoker;
import dev.resync.engine.VirtualTime;
import dev.resync.error.DatabaseUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Functions that take virtual time, answer what was recorded and, in a share of the calls, fail with an error that the state
 * machines repeat. Counts what a region's quota would count.
 */
final class StubFunctions implements LambdaInvoker {

    /** What the ARNs of the functions begin with. */
    static final String ARN = "arn:aws:lambda:eu-west-2:000000000000:function:";

    /** As many as the state machines repeat: what fails longer ends the run, on purpose, and is rehearsed elsewhere. */
    private static final int MOST_IN_SUCCESSION = 6;

    private static final int FEWEST_SECONDS = 20;
    private static final int MOST_SECONDS = 100;

    private final VirtualTime time;
    private final Map<String, JsonNode> answers;
    private final double faults;
    private final Random random;
    private final Map<String, Integer> failedInSuccession = new ConcurrentHashMap<>();

    private long calls;
    private long failed;
    private int atWork;
    private int mostAtWork;

    /**
     * @param answers by function
     * @param faults share of the calls that fail, 0 to 1
     * @param seed of times and faults
     */
    StubFunctions(VirtualTime time, Map<String, JsonNode> answers, double faults, long seed) {
        this.time = time;
        this.answers = answers;
        this.faults = faults;
        this.random = new Random(seed);
    }

    @Override
    public JsonNode invoke(String functionArn, JsonNode payload) throws FunctionError {
        String function = functionArn.substring(ARN.length());
        FunctionError fault;
        Duration duration;
        synchronized (this) {
            calls++;
            mostAtWork = Math.max(mostAtWork, ++atWork);
            duration = Duration.ofSeconds(FEWEST_SECONDS + random.nextInt(MOST_SECONDS - FEWEST_SECONDS));
            fault = fault(function + payload.path("index"));
        }
        try {
            time.takeTime(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the simulation", e);
        } finally {
            synchronized (this) {
                atWork--;
            }
        }
        if (fault != null) {
            throw fault;
        }
        JsonNode answer = answers.get(function);
        if (answer == null) {
            throw new IllegalStateException("function " + function + " is called, but was not in the run that was"
                    + " listened to; the simulation knows no answer of it");
        }
        return answer;
    }

    /** Returns the error of this call; null where it succeeds. In turn. */
    private FunctionError fault(String of) {
        int before = failedInSuccession.getOrDefault(of, 0);
        if (before == MOST_IN_SUCCESSION || random.nextDouble() >= faults) {
            failedInSuccession.remove(of);
            return null;
        }
        failedInSuccession.put(of, before + 1);
        failed++;
        return switch (random.nextInt(3)) {
            case 0 -> FunctionError.ofService("Lambda.TooManyRequestsException", "Rate Exceeded.");
            case 1 -> FunctionError.ofService("Lambda.Unknown", "The function did not answer.");
            default -> new FunctionError(DatabaseUnavailable.class.getName(), "The database does not answer.");
        };
    }

    /** Returns the calls so far, those that failed included. */
    synchronized long calls() {
        return calls;
    }

    /** Returns the calls that failed so far. */
    synchronized long failed() {
        return failed;
    }

    /** Returns the most functions at work at once. */
    synchronized int mostAtWork() {
        return mostAtWork;
    }
}
