package dev.resync.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.run.ExecutionStatus;
import java.time.Instant;
import java.util.Optional;

/** What the API asks of the service that executes state machines, beyond what the stages do. */
public interface ExecutionControl {

    /** A state machine. */
    enum Machine {
        RESYNC,
        RESTORE
    }

    /**
     * An execution that was started.
     *
     * @param arn its ARN
     * @param startedAt when
     */
    record Started(String arn, Instant startedAt) {}

    /**
     * Starts an execution; the same again while it works gives that one.
     *
     * @param name unique among the machine's executions
     * @param input its input
     * @return empty where one of this name has ended, or has another input
     * @throws dev.resync.error.ExecutionsUnavailable where the service does not answer
     */
    Optional<Started> start(Machine machine, String name, JsonNode input);

    /**
     * Stops an execution; does nothing where it has ended.
     *
     * @param execution ARN
     * @param who for its history
     * @param why for its history
     * @throws dev.resync.error.ExecutionsUnavailable where the service does not answer
     */
    void stop(String execution, String who, String why);

    /**
     * Wakes a task that waits for an answer; does nothing where it waits no more.
     *
     * @param taskToken as the waiting task gave it
     * @throws dev.resync.error.ExecutionsUnavailable where the service does not answer
     */
    void wake(String taskToken);

    /**
     * Returns the status of an execution, soon: whoever asks waits for it.
     *
     * @param execution ARN
     * @throws dev.resync.error.ExecutionsUnavailable where the service does not answer within seconds
     */
    ExecutionStatus status(String execution);

    /**
     * Has a failed execution go on where it failed.
     *
     * @param execution ARN
     * @throws dev.resync.error.ResumeRefused where the service says that it cannot
     * @throws dev.resync.error.ExecutionsUnavailable where the service does not answer
     */
    void redrive(String execution);

    /**
     * Tells the service how many chunks at once it should have at work. The functions look after the limit themselves; this
     * only keeps it from calling functions that would wait.
     *
     * @param execution ARN
     * @param most chunks at once, 1 or more
     * @throws dev.resync.error.ExecutionsUnavailable where the service does not answer
     */
    void limitConcurrency(String execution, int most);
}
