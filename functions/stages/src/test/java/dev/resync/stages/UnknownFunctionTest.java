package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.junit.main.Launch;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainTest;
import org.junit.jupiter.api.Test;

@QuarkusMainTest
@TestProfile(UnknownFunctionTest.Deployment.class)
class UnknownFunctionTest {

    public static final class Deployment extends FunctionProfile {
        public Deployment() {
            super("sync-chunks");
        }
    }

    @Test
    @Launch(
            value = {},
            exitCode = 1)
    void theProcessDoesNotStart(LaunchResult result) {
        assertThat(result.getOutput() + result.getErrorOutput()).contains("sync-chunks");
    }
}
