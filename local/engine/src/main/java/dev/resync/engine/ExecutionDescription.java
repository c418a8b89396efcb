package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An execution at one moment. Immutable.
 *
 * @param executionArn not null
 * @param stateMachineArn the machine's ARN; for a child of a distributed map with {@code /<label>} at its end
 * @param name not null
 * @param status not null
 * @param startDate when it was first started
 * @param stopDate when it was closed; null while running
 * @param input not null
 * @param output null unless it has succeeded
 * @param error null unless it failed, timed out or was aborted, and may be null even then
 * @param cause like the error
 * @param redriveCount 0 for an execution that was never redriven
 * @param redriveDate when it was last redriven; null if never
 * @param redriveStatus not null
 * @param mapRunArn the map run that a child belongs to; null for other executions
 */
public record ExecutionDescription(
        String executionArn,
        String stateMachineArn,
        String name,
        ExecutionStatus status,
        Instant startDate,
        Instant stopDate,
        JsonNode input,
        JsonNode output,
        String error,
        String cause,
        int redriveCount,
        Instant redriveDate,
        RedriveStatus redriveStatus,
        String mapRunArn) {

    static ExecutionDescription started(Execution.Origin origin, Instant start, JsonNode input) {
        return new ExecutionDescription(
                origin.arn(),
                origin.stateMachineArn(),
                origin.name(),
                ExecutionStatus.RUNNING,
                start,
                null,
                input,
                null,
                null,
                null,
                0,
                null,
                RedriveStatus.NOT_REDRIVABLE,
                origin.mapRunArn());
    }

    ExecutionDescription ended(ExecutionStatus how, Instant when, JsonNode result, String withError, String withCause) {
        return new ExecutionDescription(
                executionArn,
                stateMachineArn,
                name,
                how,
                startDate,
                when,
                input,
                result,
                withError,
                withCause,
                redriveCount,
                redriveDate,
                redriveStatusAfter(how),
                mapRunArn);
    }

    ExecutionDescription redriven(Instant when) {
        return new ExecutionDescription(
                executionArn,
                stateMachineArn,
                name,
                ExecutionStatus.RUNNING,
                startDate,
                null,
                input,
                null,
                null,
                null,
                redriveCount + 1,
                when,
                RedriveStatus.NOT_REDRIVABLE,
                mapRunArn);
    }

    private RedriveStatus redriveStatusAfter(ExecutionStatus how) {
        if (how == ExecutionStatus.SUCCEEDED) {
            return RedriveStatus.NOT_REDRIVABLE;
        }
        return mapRunArn == null ? RedriveStatus.REDRIVABLE : RedriveStatus.REDRIVABLE_BY_MAP_RUN;
    }
}
