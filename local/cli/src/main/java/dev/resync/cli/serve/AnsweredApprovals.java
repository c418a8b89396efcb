package dev.resync.cli.serve;

import dev.resync.approval.Approvals;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.TaskDoesNotExist;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Wakes executions of this process whose runs were approved or refused by another one, which cannot do it. */
final class AnsweredApprovals implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final LocalPlatform platform;
    private final ScheduledExecutorService looks;
    private final Set<String> woken = new HashSet<>();

    AnsweredApprovals(LocalPlatform platform) {
        this.platform = platform;
        this.looks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "answered-approvals");
            thread.setDaemon(true);
            return thread;
        });
    }

    void begin() {
        looks.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            platform.engine().listExecutions(platform.resyncMachine()).stream()
                    .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
                    .map(ExecutionDescription::executionArn)
                    .forEach(execution ->
                            platform.context().runs().findByExecution(execution).ifPresent(this::wake));
        } catch (RuntimeException missed) {
            // A schedule ends with its first exception; the database may answer the next time.
            return;
        }
    }

    private void wake(Run run) {
        String token = run.approvalToken();
        if (token != null && !woken.contains(token) && new Approvals(platform.context()).answered(run)) {
            woken.add(token);
            try {
                platform.engine().sendTaskSuccess(token, ControlJson.mapper().createObjectNode());
            } catch (TaskDoesNotExist gone) {
                // It was woken before, or its run has ended.
                return;
            }
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
