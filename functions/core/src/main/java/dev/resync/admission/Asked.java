package dev.resync.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.environment.StartWay;
import dev.resync.run.AuditTrail;

/** Who asks for what, as far as it can be told before anything of it is known to be right. For one admission. */
final class Asked {

    private static final int LONGEST = 200;

    private final String who;
    private final String via;
    private final String what;
    private final String why;
    private final String from;
    private String authenticatedAs;

    private Asked(String who, String via, String what, String why, String from) {
        this.who = who;
        this.via = via;
        this.what = what;
        this.why = why;
        this.from = from;
    }

    static Asked of(Admit.Input input) {
        JsonNode request = input.request();
        String subject = text(request, "resume");
        subject = subject == null ? text(request, "snapshot") : subject;
        subject = subject == null ? text(request, "plan") : subject;
        String mode = text(request, "mode");
        String via = text(request, "via");
        return new Asked(
                text(request, "requestedBy"),
                via == null ? StartWay.CONSOLE.label() : via,
                (mode == null ? "" : mode + " ") + (subject == null ? "" : subject + " ") + "in "
                        + text(request, "environment"),
                text(request, "reason"),
                input.execution());
    }

    private static String text(JsonNode request, String field) {
        JsonNode value = request.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        String text = value.isTextual() ? value.textValue() : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /** Says who it is that asks. */
    void authenticate(String person) {
        authenticatedAs = person;
    }

    /** Returns who asks, as authenticated; null where nobody did that. */
    String authenticatedAs() {
        return authenticatedAs;
    }

    /** Returns who asks, as authenticated or else as given. */
    String person(Request request) {
        return authenticatedAs == null ? request.requestedBy() : authenticatedAs;
    }

    /** Returns the same as the audit trail keeps it, with who was authenticated by now. */
    AuditTrail.Asked onRecord() {
        return new AuditTrail.Asked(who, authenticatedAs, via, from, what, why);
    }
}
