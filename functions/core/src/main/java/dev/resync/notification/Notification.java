package dev.resync.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resync.run.Ending;
import dev.resync.run.RunError;
import dev.resync.run.RunMode;
import dev.resync.schema.OneLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What people are told about a run. Holds no document and no secret.
 *
 * @param kind what happened
 * @param at when
 * @param environment name of the environment
 * @param environmentKind what that is for, as profiles name it
 * @param colour colour that stands for it
 * @param runId id of the run
 * @param plan name of its plan
 * @param mode what it may do
 * @param requestedBy who asked for it, as given
 * @param reason why, as given
 * @param ending how it ended; null before
 * @param error what stopped it; null where nothing did
 * @param summary what happened, in one line
 * @param figures one line for each target; empty where there are none yet
 * @param next what can be done now, as a command; null where nothing has to be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Notification(
        NotificationKind kind,
        Instant at,
        String environment,
        String environmentKind,
        String colour,
        String runId,
        String plan,
        RunMode mode,
        String requestedBy,
        String reason,
        Ending ending,
        RunError error,
        String summary,
        List<String> figures,
        String next) {

    public Notification {
        figures = List.copyOf(figures);
    }

    /** Returns one line that begins with the environment, in words. */
    public String subject() {
        return "[" + environment + ", " + environmentKind + "] " + plan + ": " + summary;
    }

    /** Returns the whole as lines for people. */
    public String text() {
        return String.join("\n", lines());
    }

    /** Returns the same line by line: what others wrote cannot begin another one. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("ENVIRONMENT " + environment + " (" + environmentKind + ", " + colour + ")");
        lines.add(summary);
        lines.add("run " + runId + ", " + mode + " of plan " + plan);
        lines.add("asked for by " + requestedBy + ": " + reason);
        figures.forEach(figure -> lines.add("  " + figure));
        if (error != null) {
            lines.add("error " + error.name() + ": " + error.message());
        }
        if (next != null) {
            lines.add("next " + next);
        }
        return lines.stream().map(OneLine::shown).toList();
    }
}
