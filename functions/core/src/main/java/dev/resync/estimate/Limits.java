package dev.resync.estimate;

import dev.resync.chunk.ChunkPlanner;
import dev.resync.estimate.Estimator.FullChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds an estimate against the limits, and says what to set where it does not keep them. */
final class Limits {

    /** A chunk's documents are held as they were read and as they are written, and Java needs room besides. */
    private static final long HELD_TIMES = 4;

    private static final long JAVA_BYTES = 200L * 1_024 * 1_024;
    private static final long MEGABYTE = 1_024 * 1_024;
    private static final int MOST_MEGABYTES = 10_240;

    private final Sizing sizing;
    private final Map<String, FullChunk> fullChunks;
    private final List<Warning> warnings = new ArrayList<>();

    /** @param fullChunks the chunks that hold as much as they may, by function; one for each that works on chunks */
    Limits(Sizing sizing, Map<String, FullChunk> fullChunks) {
        this.sizing = sizing;
        this.fullChunks = Map.copyOf(fullChunks);
    }

    /** Returns all that is to be said against an estimate; empty where nothing is. */
    List<Warning> against(Estimate estimate) {
        for (StepEstimate step : estimate.steps()) {
            FullChunk full = fullChunks.get(step.function());
            if (full != null) {
                grown(step, full);
                chunkTime(step, full);
                memory(step);
            } else {
                callTime(step);
            }
        }
        concurrency(estimate);
        quotas(estimate);
        return List.copyOf(warnings);
    }

    private void grown(StepEstimate step, FullChunk full) {
        if (hasGrown(step, full)) {
            warn(
                    step.function(),
                    "A map takes at most %,d chunks, so they grow from %,.0f to %,d documents. Set chunk.documents of the plan to"
                            + " %,d and chunk.bytes to %,d, so that the plan says what happens.",
                    ChunkPlanner.MAX_RANGES,
                    full.documents(),
                    step.documents(),
                    (long) Math.ceil(step.documents() * full.share()),
                    step.documents() * sizing.documentBytes());
        }
    }

    private static boolean hasGrown(StepEstimate step, FullChunk full) {
        return step.documents() > Math.ceil(full.documents());
    }

    private void chunkTime(StepEstimate step, FullChunk full) {
        double most = Quotas.CHUNK.toSeconds();
        if (step.callSeconds() > most) {
            double fits = Math.floor(step.documents() * full.share() * most / step.callSeconds());
            warn(
                    step.function(),
                    "A chunk takes %,.0f seconds, and should take at most %,.0f; a call ends after %,d. %s",
                    step.callSeconds(),
                    most,
                    Quotas.CALL.toSeconds(),
                    hasGrown(step, full) || fits < 1
                            ? "Smaller chunks would be more than a map takes: give the functions more memory, and with it processor,"
                                    + " measure again, or split the plan's targets into plans of their own."
                            : String.format(Locale.ROOT, "Set chunkDocuments to at most %,.0f.", fits));
        }
    }

    private void memory(StepEstimate step) {
        double needed = (double) step.documents() * sizing.documentBytes() * HELD_TIMES + JAVA_BYTES;
        if (needed > (double) sizing.memoryMegabytes() * MEGABYTE) {
            double megabytes = Math.ceil(needed / MEGABYTE);
            warn(
                    step.function(),
                    "A chunk of %,d documents of %,d bytes needs about %,.0f MB, and the functions have %,d. %s",
                    step.documents(),
                    sizing.documentBytes(),
                    megabytes,
                    sizing.memoryMegabytes(),
                    megabytes <= MOST_MEGABYTES
                            ? String.format(Locale.ROOT, "Set memory to %,.0f MB, or smaller chunks.", megabytes)
                            : "No function has as much: set smaller chunks, or split the plan's targets into plans of their own.");
        }
    }

    private void callTime(StepEstimate step) {
        Duration room = Quotas.CALL.minus(Quotas.CALL_RESERVE);
        if (step.callSeconds() > room.toSeconds()) {
            warn(
                    step.function(),
                    "It reads %,d documents in one call, which takes %,.0f seconds at %,.0f a second; a call ends after %,d, and"
                            + " needs %,d of them in reserve. No setting shortens it: measure the rate where it is to run (log"
                            + " field milliseconds) and give it, or split the plan's targets into plans of their own. This"
                            + " release cannot do it otherwise.",
                    step.documents(),
                    step.callSeconds(),
                    sizing.throughput().whole(step.function()),
                    Quotas.CALL.toSeconds(),
                    Quotas.CALL_RESERVE.toSeconds());
        }
    }

    private void concurrency(Estimate estimate) {
        int most = Quotas.LAMBDA_CONCURRENCY * 9 / 10;
        if (estimate.concurrency() > most) {
            warn(
                    "concurrency",
                    "%,d chunks at once leave less than a tenth of the %,d functions that an account may have at work at once, unless"
                            + " it was granted more. Set concurrency to at most %,d, or ask for a higher quota.",
                    estimate.concurrency(),
                    Quotas.LAMBDA_CONCURRENCY,
                    most);
        }
    }

    private void quotas(Estimate estimate) {
        if (estimate.mapChildren() > Quotas.MAP_CHILDREN) {
            warn(
                    "map children",
                    "A map would have %,d items, and takes %,d. Set chunkDocuments higher, or split the plan's sources.",
                    estimate.mapChildren(),
                    Quotas.MAP_CHILDREN);
        }
        if (estimate.payloadBytes() > Quotas.PAYLOAD_BYTES) {
            warn(
                    "payload",
                    "The list of a map's items has %,d bytes, and a state holds %,d. Set chunkDocuments higher.",
                    estimate.payloadBytes(),
                    Quotas.PAYLOAD_BYTES);
        }
        if (estimate.historyEvents() > Quotas.HISTORY_EVENTS) {
            warn(
                    "history",
                    "The execution would have %,d events, and may have %,d. Set chunkDocuments higher.",
                    estimate.historyEvents(),
                    Quotas.HISTORY_EVENTS);
        }
        if (estimate.closingHistoryEvents() > Quotas.HISTORY_EVENTS) {
            warn(
                    "resumeMinutes",
                    "Waiting %,d minutes for a resume gives the execution that closes the run %,d events, and it may have %,d. Set"
                            + " resumeMinutes to at most %,d; else reconcile has to start it again.",
                    sizing.plan().resumeWithin().toMinutes(),
                    estimate.closingHistoryEvents(),
                    Quotas.HISTORY_EVENTS,
                    mostResumeMinutes());
        }
        if (estimate.seconds() > Quotas.EXECUTION.toSeconds()) {
            warn(
                    "duration",
                    "The run takes %,.1f hours, and its execution ends after %,d. Set concurrency higher as far as the database"
                            + " bears it, or split the plan's targets into plans of their own.",
                    estimate.seconds() / Duration.ofHours(1).toSeconds(),
                    Quotas.EXECUTION.toHours());
        }
    }

    private static long mostResumeMinutes() {
        long minutes = Quotas.EXECUTION.toMinutes();
        while (ExecutionShape.closingHistoryEvents(minutes) > Quotas.HISTORY_EVENTS) {
            minutes--;
        }
        return minutes;
    }

    private void warn(String subject, String message, Object... values) {
        warnings.add(new Warning(subject, String.format(Locale.ROOT, message, values)));
    }
}
