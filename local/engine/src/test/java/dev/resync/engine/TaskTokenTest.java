package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A token that was given out and one that never was are told apart. */
class TaskTokenTest {

    @Test
    void aSpentTokenIsNotAnUnknownOne() throws InterruptedException {
        LinkedBlockingQueue<String> tokens = new LinkedBlockingQueue<>();
        try (Rehearsal rehearsal = Rehearsal.manual().function("f", payload -> {
            tokens.add(payload.textValue());
            return payload;
        })) {
            String arn = rehearsal.start(
                    Rehearsal.machine(
                            "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke.waitForTaskToken\","
                                    + "\"Arguments\":{\"FunctionName\":\"f\",\"Payload\":\"{% $states.context.Task.Token %}\"},\"End\":true}"),
                    "{}");
            String token = tokens.poll(30, TimeUnit.SECONDS);
            rehearsal.engine.sendTaskHeartbeat(token);
            rehearsal.engine.sendTaskSuccess(token, null);
            rehearsal.await(arn);
            assertThatThrownBy(() -> rehearsal.engine.sendTaskSuccess(token, null))
                    .isExactlyInstanceOf(TaskTimedOut.class);
            assertThatThrownBy(() -> rehearsal.engine.sendTaskHeartbeat(token)).isExactlyInstanceOf(TaskTimedOut.class);
            assertThatThrownBy(() -> rehearsal.engine.sendTaskFailure("none", null, null))
                    .isExactlyInstanceOf(TaskDoesNotExist.class);
        }
    }
}
