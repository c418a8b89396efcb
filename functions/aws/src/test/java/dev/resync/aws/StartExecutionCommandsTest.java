package dev.resync.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The next step as a call of the AWS command line: the right state machine, and an input that admission takes. */
class StartExecutionCommandsTest {

    private static final String MACHINES = "arn:aws:states:eu-west-2:1:stateMachine:";

    private final StartExecutionCommands commands = new StartExecutionCommands(Optional.of(MACHINES + "restore"));

    @Test
    void aRestoreOfAllTargetsNamesNone() throws Exception {
        String command = commands.restore(run("resync", "EXECUTE"), "s-1", List.of());
        assertThat(command).contains(" --state-machine-arn " + MACHINES + "restore ");
        assertThat(input(command))
                .isEqualTo(json("{'environment': 'test', 'requestedBy': 'Ada', 'reason': 'why', 'mode': 'RESTORE',"
                        + " 'snapshot': 's-1'}"));
    }

    @Test
    void aRestoreOfSomeTargetsNamesThem() throws Exception {
        String command = commands.restore(run("my-restore", "RESTORE"), "s-1", List.of("a", "b"));
        assertThat(command).contains(" --state-machine-arn " + MACHINES + "my-restore ");
        assertThat(input(command).get("only")).isEqualTo(json("['a', 'b']"));
    }

    @Test
    void aDryRunOfARestoreGoesToTheRestoreStateMachineAndLeadsToTheRestore() throws Exception {
        Run dryRun = run("my-restore", "RESTORE_DRY_RUN");
        String again = commands.restoreDryRun(dryRun, "s-1", List.of("a"));
        String real = commands.restore(dryRun, "s-1", List.of("a"));
        assertThat(List.of(again, real))
                .allMatch(command -> command.contains(" --state-machine-arn " + MACHINES + "my-restore "));
        assertThat(input(again).get("mode").textValue()).isEqualTo("RESTORE_DRY_RUN");
        assertThat(input(real).get("mode").textValue()).isEqualTo("RESTORE");
        assertThat(input(again).get("only")).isEqualTo(json("['a']"));
    }

    private static Run run(String machine, String mode) throws JsonProcessingException {
        return ControlJson.mapper()
                .treeToValue(
                        json("{'startedBy': 'arn:aws:states:eu-west-2:1:execution:" + machine + ":x', 'mode': '" + mode
                                + "', 'environment': 'test', 'requestedBy': 'Ada', 'reason': 'why'}"),
                        Run.class);
    }

    private static JsonNode input(String command) throws JsonProcessingException {
        return ControlJson.mapper()
                .readTree(command.substring(command.indexOf("--input '") + "--input '".length(), command.length() - 1));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return ControlJson.mapper().readTree(text.replace('\'', '"'));
    }
}
