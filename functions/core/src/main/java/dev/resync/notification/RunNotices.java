package dev.resync.notification;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.environment.Environment;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunTarget;
import dev.resync.verify.TargetComparison;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Words what people are told of runs. */
public final class RunNotices {

    private final Notifications notifications;
    private final Environment environment;
    private final Clock clock;

    public RunNotices(Notifications notifications, Environment environment, Clock clock) {
        this.notifications = notifications;
        this.environment = environment;
        this.clock = clock;
    }

    /** Tells that a run that may change live was admitted. */
    public void started(Run run) {
        send(
                run,
                NotificationKind.STARTED,
                run.mode() + " of " + targets(run) + " was started by " + run.asker(),
                null);
    }

    /** Tells that a run waits for another person. */
    public void approvalWanted(Run run) {
        send(
                run,
                NotificationKind.APPROVAL_WANTED,
                "cut-over of " + targets(run) + " waits for approval by someone other than " + run.asker(),
                null);
    }

    /** Tells that the execution of a run failed, and until when it may be resumed. */
    public void suspended(Run run) {
        send(
                run,
                NotificationKind.SUSPENDED,
                run.mode() + " failed; it may be resumed until " + run.resumeUntil() + ", then it is closed",
                null);
    }

    /** Tells how a run ended. */
    public void ended(Run run) {
        JsonNode receipt = run.receipt();
        boolean token = receipt != null && receipt.hasNonNull("confirm");
        // Whoever holds a token can start a real run: it stands in the receipt and goes to no list of recipients.
        String next = receipt == null || token ? null : receipt.path("next").textValue();
        boolean restored = run.ending() == Ending.RESTORED;
        String summary = run.mode() + " ended " + run.ending()
                + (restored ? ": live is snapshot " + run.restoreFrom() + " again" : "");
        send(run, restored ? NotificationKind.RESTORED : NotificationKind.ENDED, summary, next);
    }

    /**
     * Tells that a run does not get on.
     *
     * @param since when it was last seen to do something
     */
    public void stuck(Run run, Instant since) {
        send(
                run,
                NotificationKind.STUCK,
                run.mode() + " does not get on: no stage has done anything since "
                        + since.truncatedTo(ChronoUnit.SECONDS) + ", though its execution goes on",
                "see what the execution waits for, then wait, or stop the run");
    }

    /** Tells that a run needs a person. */
    public void needsOperator(Run run, String why) {
        send(run, NotificationKind.NEEDS_OPERATOR, run.mode() + " needs an operator: " + why, null);
    }

    /** Tells that something is wrong with a run. */
    public void alarm(Run run, String what) {
        send(run, NotificationKind.ALARM, what, null);
    }

    private void send(Run run, NotificationKind kind, String summary, String next) {
        List<String> figures = run.verdict() == null
                ? List.of()
                : run.verdict().targets().stream()
                        .map(TargetComparison::described)
                        .toList();
        notifications.send(new Notification(
                kind,
                clock.instant(),
                environment.name(),
                environment.kind().shown(),
                environment.colour().label(),
                run.id(),
                run.plan(),
                run.mode(),
                run.asker(),
                run.reason(),
                run.ending(),
                run.error(),
                summary,
                figures,
                next));
    }

    private static String targets(Run run) {
        return run.targets().stream().map(RunTarget::namespace).collect(Collectors.joining(", "));
    }
}
