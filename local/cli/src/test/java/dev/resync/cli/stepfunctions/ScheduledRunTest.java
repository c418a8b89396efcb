package dev.resync.cli.stepfunctions;

import static dev.resync.cli.stepfunctions.ServedRehearsal.RESYNC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resync.cli.schedule.Schedules;
import dev.resync.environment.StartWay;
import dev.resync.plan.PlanDirectory;
import dev.resync.plan.PlanReader;
import dev.resync.run.Ending;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The third way to start: at its time, a schedule of the profile carries out a real run, which admission lets through. */
class ScheduledRunTest {

    @Test
    void aScheduleOfTheProfileFiresAtItsTime() {
        String plan = new PlanDirectory(Path.of("..", "..", "plans"), new PlanReader())
                .load("revalidation")
                .hash();
        try (ServedRehearsal rehearsal = new ServedRehearsal(profile -> {
                    var scheduled = profile.putArray("scheduled")
                            .addObject()
                            .put("plan", "revalidation")
                            .put("planHash", plan);
                    scheduled.putArray("times").addObject().put("at", "09:05");
                    scheduled
                            .putObject("limits")
                            .put("maxShrinkShare", 1)
                            .put("maxChangeShare", 1)
                            .put("maxQuarantineShare", 1);
                });
                Schedules schedules = new Schedules(
                        rehearsal.platform.context().environment(),
                        rehearsal.platform.context().clock(),
                        request -> rehearsal.platform.startResync(null, request),
                        line -> {})) {
            schedules.begin();
            assertThat(rehearsal
                            .client
                            .listExecutions(list -> list.stateMachineArn(RESYNC))
                            .executions())
                    .isEmpty();
            rehearsal.time.schedule(Duration.ofMinutes(5), () -> {});
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> rehearsal
                                    .client
                                    .listExecutions(list -> list.stateMachineArn(RESYNC))
                                    .executions()
                                    .size()
                            == 1);
            String execution = rehearsal
                    .client
                    .listExecutions(list -> list.stateMachineArn(RESYNC))
                    .executions()
                    .get(0)
                    .executionArn();
            rehearsal.settle(execution);
            assertThat(rehearsal.run(execution).ending())
                    .as("%s", rehearsal.run(execution).error())
                    .isEqualTo(Ending.CUT_OVER);
            assertThat(rehearsal.run(execution).start().via()).isEqualTo(StartWay.SCHEDULE);
        }
    }
}
