package dev.resync.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.environment.StartWay;
import dev.resync.error.RequestInvalid;
import dev.resync.run.RunMode;
import dev.resync.schema.OneLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the input of an execution. Knows an empty one and the console's placeholder, and names every field that is wrong. */
public final class RequestReader {

    private static final List<String> FIELDS = List.of(
            "environment",
            "plan",
            "mode",
            "requestedBy",
            "reason",
            "via",
            "scheduledTime",
            "ticket",
            "idempotencyKey",
            "confirm",
            "snapshot",
            "only",
            "resume",
            "from",
            "concurrency",
            "chunkDocuments",
            "resumeMinutes");
    /** All but PREVIEW, which is an empty input. */
    private static final Set<RunMode> MODES = EnumSet.complementOf(EnumSet.of(RunMode.PREVIEW));
    /** What the Step Functions console puts into the input box of a new execution. */
    private static final String PLACEHOLDER_FIELD = "Comment";

    private static final String PLACEHOLDER_TEXT = "Insert your JSON here";
    private static final int MAX_TEXT = 1000;
    private static final int MAX_CHUNK_DOCUMENTS = 1_000_000;
    private static final int MAX_RESUME_MINUTES = 10_080;

    private RequestReader() {}

    /** Returns whether the input asks for nothing: it is empty, or the console's placeholder. */
    public static boolean asksNothing(JsonNode input) {
        if (input == null || input.isNull() || input.isMissingNode() || (input.isObject() && input.isEmpty())) {
            return true;
        }
        return input.size() == 1 && input.path(PLACEHOLDER_FIELD).asText().equals(PLACEHOLDER_TEXT);
    }

    /**
     * Returns the request.
     *
     * @throws RequestInvalid where a field is unknown, missing, of the wrong type, or contradicts another
     */
    public static Request read(JsonNode input) {
        if (!input.isObject()) {
            throw new RequestInvalid("The input is " + input.getNodeType() + "; expected a JSON object with "
                    + String.join(", ", FIELDS) + ".");
        }
        requireKnown(input);
        String resume = text(input, "resume", false);
        String snapshot = text(input, "snapshot", false);
        RunMode mode = mode(input, snapshot);
        StartWay via = via(input);
        boolean newRun = !mode.fromSnapshot() && resume == null;
        Request request = new Request(
                text(input, "environment", true),
                text(input, "plan", newRun),
                mode,
                via,
                scheduledTime(input, via),
                text(input, "idempotencyKey", false),
                text(input, "requestedBy", true),
                text(input, "reason", true),
                text(input, "confirm", mode == RunMode.EXECUTE && resume == null && via != StartWay.SCHEDULE),
                snapshot,
                names(input, "only"),
                resume,
                number(input, "concurrency", 1, 1000),
                number(input, "chunkDocuments", 1, MAX_CHUNK_DOCUMENTS),
                number(input, "resumeMinutes", 0, MAX_RESUME_MINUTES));
        requireConsistent(input, request);
        return request;
    }

    private static void requireKnown(JsonNode input) {
        Set<String> unknown = new TreeSet<>();
        input.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            throw new RequestInvalid("Unknown field" + (unknown.size() > 1 ? "s " : " ") + String.join(", ", unknown)
                    + " in the input; known are " + String.join(", ", FIELDS) + ".");
        }
    }

    private static RunMode mode(JsonNode input, String snapshot) {
        if (snapshot != null && !input.has("mode")) {
            return RunMode.RESTORE;
        }
        String given = text(input, "mode", false);
        if (given == null) {
            return RunMode.DRY_RUN;
        }
        return MODES.stream()
                .filter(mode -> mode.name().equals(given))
                .findFirst()
                .orElseThrow(() -> new RequestInvalid(
                        "mode is " + given + "; expected DRY_RUN (the default), EXECUTE, RESTORE or RESTORE_DRY_RUN."));
    }

    private static StartWay via(JsonNode input) {
        String given = text(input, "via", false);
        return given == null
                ? StartWay.CONSOLE
                : StartWay.of(given)
                        .orElseThrow(() -> new RequestInvalid("via is " + given
                                + "; expected console (the default), schedule, api or command-line. Leave it out in the"
                                + " console."));
    }

    private static Instant scheduledTime(JsonNode input, StartWay via) {
        String given = text(input, "scheduledTime", via == StartWay.SCHEDULE);
        if (given == null) {
            return null;
        }
        try {
            return Instant.parse(given);
        } catch (DateTimeException noTime) {
            throw new RequestInvalid("scheduledTime is " + given + "; expected a time such as 2026-06-15T02:00:00Z. "
                    + hint("scheduledTime"));
        }
    }

    private static void requireConsistent(JsonNode input, Request request) {
        if (request.mode().fromSnapshot() != (request.snapshot() != null)) {
            throw new RequestInvalid("mode " + request.mode() + " and snapshot " + request.snapshot()
                    + " do not go together; modes RESTORE and RESTORE_DRY_RUN need the id of a snapshot, and nothing else"
                    + " takes one.");
        }
        if (!request.mode().fromSnapshot() && !request.only().isEmpty()) {
            throw new RequestInvalid("only is " + request.only() + " and mode is " + request.mode()
                    + "; expected it with mode RESTORE or RESTORE_DRY_RUN. Leave it out: a resync publishes all targets"
                    + " of its plan together.");
        }
        if (request.mode().fromSnapshot() && request.resume() != null) {
            throw new RequestInvalid("resume is given together with mode " + request.mode()
                    + "; expected one of them. A suspended run is"
                    + " resumed by the resync state machine, a snapshot is brought back by the restore state machine.");
        }
        if (request.resume() != null) {
            requireNoneWithResume(input, "concurrency", "it keeps its own; to go slower, throttle it");
            requireNoneWithResume(input, "chunkDocuments", "its chunks are cut already");
            requireNoneWithResume(input, "resumeMinutes", "it keeps its own");
        }
        if (request.resume() != null && request.idempotencyKey() != null) {
            throw new RequestInvalid(
                    "idempotencyKey is given together with resume; expected one of them. Leave it out: the state of the"
                            + " run sees to it that a run is resumed once.");
        }
        if (request.mode() != RunMode.EXECUTE && request.resume() == null && request.confirm() != null) {
            throw new RequestInvalid(
                    "confirm is given and mode is " + request.mode()
                            + "; only mode EXECUTE and a resume take a confirmation. Set mode to EXECUTE or leave confirm out.");
        }
        requireFitsWay(input, request);
        String from = text(input, "from", request.resume() != null);
        if (from != null && (request.resume() == null || !from.equals("MAP"))) {
            throw new RequestInvalid("from is " + from + "; expected MAP, together with resume and the id of a run.");
        }
    }

    private static void requireNoneWithResume(JsonNode input, String field, String why) {
        if (input.hasNonNull(field)) {
            throw new RequestInvalid(field + " is given together with resume; a run that goes on does not take it: "
                    + why + ". Leave it out.");
        }
    }

    private static void requireFitsWay(JsonNode input, Request request) {
        boolean scheduled = request.via() == StartWay.SCHEDULE;
        if (scheduled && request.confirm() != null) {
            throw new RequestInvalid(
                    "confirm is given and via is schedule; a schedule cannot echo a confirmation. Leave it"
                            + " out: the environment's profile says which plans a schedule may run for real.");
        }
        if (scheduled && request.idempotencyKey() != null) {
            throw new RequestInvalid(
                    "idempotencyKey is given and via is schedule; the time of a schedule is its key. Leave"
                            + " it out.");
        }
        if (!scheduled && request.scheduledTime() != null) {
            throw new RequestInvalid("scheduledTime is given and via is "
                    + request.via().label() + "; only a schedule has one. Leave it out.");
        }
        if (scheduled && (request.mode().fromSnapshot() || request.resume() != null)) {
            throw new RequestInvalid(
                    "via is schedule and what is asked for is no new run; a schedule starts DRY_RUN or EXECUTE of a plan"
                            + " only.");
        }
        boolean ticket = text(input, RequestTickets.FIELD, request.via() == StartWay.API) != null;
        if (ticket && request.via() != StartWay.API) {
            throw new RequestInvalid("ticket is given and via is "
                    + request.via().label() + "; only what comes from the admin API has one. Leave it out.");
        }
    }

    private static String text(JsonNode input, String field, boolean required) {
        JsonNode value = input.get(field);
        if (value == null || value.isNull()) {
            if (required) {
                throw new RequestInvalid(field + " is missing; expected a text. " + hint(field));
            }
            return null;
        }
        if (!value.isTextual()
                || value.textValue().isBlank()
                || value.textValue().length() > MAX_TEXT) {
            throw new RequestInvalid(
                    field + " is " + value + "; expected a text of 1 to " + MAX_TEXT + " characters. " + hint(field));
        }
        return OneLine.require(field, value.textValue(), hint(field));
    }

    /** Returns the names that a list holds, in its order; empty where there is no list. */
    private static List<String> names(JsonNode input, String field) {
        JsonNode value = input.get(field);
        if (value == null || value.isNull()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        value.forEach(name -> names.add(name.isTextual() ? name.textValue() : ""));
        if (!value.isArray() || names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
            throw new RequestInvalid(field + " is " + value + "; expected a list of one or more texts. " + hint(field));
        }
        if (Set.copyOf(names).size() < names.size()) {
            throw new RequestInvalid(field + " is " + value + "; expected each name once. " + hint(field));
        }
        return names;
    }

    private static Integer number(JsonNode input, String field, int min, int max) {
        JsonNode value = input.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
            throw new RequestInvalid(
                    field + " is " + value + "; expected a whole number from " + min + " to " + max + ".");
        }
        return value.intValue();
    }

    private static String hint(String field) {
        return switch (field) {
            case "environment" -> "Name the environment that you mean to work in.";
            case "plan" -> "An empty input lists the plans.";
            case "requestedBy" -> "Say who asks for the run.";
            case "only" -> "Name targets of the snapshot, or leave it out for all of them.";
            case "reason" -> "Say why the run is needed.";
            case "confirm" -> "A dry run hands it out; give what its receipt shows under confirm.";
            case "scheduledTime" -> "EventBridge Scheduler puts it in place of <aws.scheduler.scheduled-time>.";
            case "ticket" -> "The admin API puts it in; nobody else can.";
            default -> "";
        };
    }
}
