package dev.resync.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.approval.Approvals;
import dev.resync.environment.CallerRole;
import dev.resync.environment.ConfirmationRule;
import dev.resync.environment.Environment;
import dev.resync.run.Run;
import dev.resync.run.RunMode;
import dev.resync.stage.StageContext;
import dev.resync.status.RunAction;
import dev.resync.status.RunAction.What;
import dev.resync.status.RunStatus;
import dev.resync.store.ControlJson;
import java.util.EnumSet;
import java.util.Set;

/** Says of what can be done with a run how to ask for it, and whether a caller may. */
final class RunLinks {

    private static final Set<What> LOOKS = EnumSet.of(What.RECEIPT, What.QUARANTINE, What.DIFF);
    private static final Set<What> APPROVALS = EnumSet.of(What.APPROVE, What.REFUSE);

    private final StageContext context;
    private final Environment environment;
    private final Caller caller;

    RunLinks(StageContext context, Caller caller) {
        this.context = context;
        this.environment = context.environment();
        this.caller = caller;
    }

    /** Returns a status as JSON with its links. */
    ObjectNode of(RunStatus status, Run run) {
        ObjectNode json = ControlJson.mapper().valueToTree(status);
        ArrayNode next = json.putArray("next");
        status.next().forEach(action -> next.add(link(action, run)));
        return json;
    }

    private ObjectNode link(RunAction action, Run run) {
        String refused = LOOKS.contains(action.what()) ? null : refused(action.what(), run);
        boolean allowed = refused == null;
        ObjectNode link = ControlJson.mapper().createObjectNode();
        link.put("what", action.what().label());
        link.put("method", LOOKS.contains(action.what()) ? "GET" : "POST");
        link.put("path", path(action.what(), run));
        link.put("allowed", allowed);
        link.put("why", action.why());
        if (refused != null) {
            link.put("refused", refused);
        }
        JsonNode request = allowed ? request(action.what(), run) : null;
        if (request != null) {
            link.set("request", request);
        }
        return link;
    }

    /** Returns why this caller may not; null where they may. Whatever is asked for is decided again then. */
    private String refused(What what, Run run) {
        CallerRole role = role(what);
        if (!caller.has(role, environment)) {
            return "Only " + role.field() + " of environment " + environment.name() + " may.";
        }
        return what == What.APPROVE && new Approvals(context).asked(run, caller.name())
                ? "You asked for this run, or for it to go on: another person must approve it."
                : null;
    }

    private static CallerRole role(What what) {
        return APPROVALS.contains(what) ? CallerRole.APPROVER : CallerRole.OPERATOR;
    }

    private static String path(What what, Run run) {
        return switch (what) {
            case CONFIRM, RESUME -> "/runs";
            case RESTORE -> "/snapshots/" + run.wayBack() + "/restore";
            default -> "/runs/" + run.id() + "/" + what.label();
        };
    }

    /** Whoever holds the token of a dry run can have it run for real: only who may start one sees it. */
    private ObjectNode request(What what, Run run) {
        ObjectNode request = ControlJson.mapper().createObjectNode().put("environment", run.environment());
        return switch (what) {
            case CONFIRM ->
                request.put("plan", run.plan())
                        .put("mode", RunMode.EXECUTE.name())
                        .put(
                                "confirm",
                                environment.confirmation() == ConfirmationRule.ECHO
                                        ? run.confirm().token()
                                        : run.planHash());
            case RESUME ->
                request.put("resume", run.id())
                        .put("from", "MAP")
                        .put("mode", run.mode().name());
            case RESTORE -> request.put("mode", RunMode.RESTORE_DRY_RUN.name());
            default -> null;
        };
    }
}
