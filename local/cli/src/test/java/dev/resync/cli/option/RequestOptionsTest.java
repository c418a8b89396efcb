package dev.resync.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.ResyncCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A command takes only what it makes use of, and says what it lacks. */
class RequestOptionsTest {

    private static final List<String> PLACE = List.of("--mongo-uri", "mongodb://127.0.0.1:1", "--environment", "test");

    /** Returns the names of the commands that have an option. */
    private static Set<String> with(String option) {
        Set<String> names = new TreeSet<>();
        for (Map.Entry<String, CommandLine> command :
                ResyncCommand.commandLine().getSubcommands().entrySet()) {
            if (command.getValue().getCommandSpec().findOption(option) != null) {
                names.add(command.getKey());
            }
        }
        return names;
    }

    @Test
    void onlyWhatPutsChunksToWorkTakesSizes() {
        assertThat(with("--chunk-documents")).containsExactly("estimate", "restore", "run");
        assertThat(with("--concurrency")).containsExactly("estimate", "restore", "run", "throttle");
    }

    @Test
    void everyChangeTakesWhoAndWhy() {
        String[] changes = {
            "approve",
            "continue",
            "environment",
            "hold",
            "refuse",
            "restore",
            "resume",
            "run",
            "settle",
            "stop",
            "throttle"
        };
        assertThat(with("--requested-by")).containsExactly(changes);
        assertThat(with("--reason")).as("quarantine has one of its own").contains(changes);
    }

    @Test
    void whatADeploymentCanDoTakesAnEndpoint() {
        String[] remote = {
            "approve",
            "console",
            "continue",
            "diff",
            "hold",
            "quarantine",
            "receipt",
            "refuse",
            "restore",
            "resume",
            "run",
            "runs",
            "snapshots",
            "status",
            "stop",
            "throttle"
        };
        assertThat(with("--endpoint")).containsExactly(remote);
        assertThat(with("--aws-profile")).containsExactly(remote);
        assertThat(with("--region")).containsExactly(remote);
        assertThat(with("--watch")).containsExactly("runs", "status");
        assertThat(with("--token"))
                .as("everybody sees the options of a process")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "runs, --endpoint https://resync.example.com, --mongo-uri and --endpoint are both given",
        "stop some-run, --endpoint https://resync.example.com, --mongo-uri and --endpoint are both given",
        "runs, --aws-profile prod, --aws-profile is given without --endpoint",
        "hold some-run, --region eu-west-2, --region is given without --endpoint",
    })
    void aDatabaseAndAnApiAreNotMeantAtOnce(String command, String options, String expected) {
        List<String> all = new ArrayList<>(List.of(command.split(" ")));
        all.addAll(List.of("--mongo-uri", "mongodb://127.0.0.1:1"));
        all.addAll(List.of(options.split(" ")));
        if (!command.equals("runs")) {
            all.addAll(List.of("--environment", "test", "--requested-by", "Ada", "--reason", "x"));
        }
        assertThat(Cli.type(all.toArray(String[]::new))
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve some-run", "refuse some-run", "settle some-run --as UNTOUCHED", "environment"})
    void aSizeThatWouldDoNothingIsRefused(String command) {
        Said said = type(command, "--requested-by", "Ada", "--reason", "x", "--chunk-documents", "5");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("--chunk-documents");
    }

    /** Before anything is asked of the database, which is not there. */
    @ParameterizedTest
    @CsvSource({
        "approve some-run, --reason, --requested-by is missing; expected one line of 1 to 1000 characters. Say who asks",
        "approve some-run, --requested-by, --reason is missing; expected one line of 1 to 1000 characters. Say why",
        "refuse some-run, --requested-by, --reason is missing; expected one line of 1 to 1000 characters. Say why",
        "settle some-run --as UNTOUCHED, --requested-by, --reason is missing; expected one line of 1 to 1000 characters. Say why",
        "hold some-run, --requested-by, --reason is missing; expected one line of 1 to 1000 characters. Say why",
        "hold some-run, --reason, --requested-by is missing; expected one line of 1 to 1000 characters. Say who asks",
        "continue some-run, --reason, --requested-by is missing; expected one line of 1 to 1000 characters. Say who asks"
    })
    void whatIsMissingIsNamed(String command, String given, String expected) {
        assertThat(type(command, given, "x").failedWith("RequestInvalid", 16).err())
                .contains(expected + ". Nothing was changed.");
    }

    private static Said type(String command, String... options) {
        List<String> all = new ArrayList<>(List.of(command.split(" ")));
        all.addAll(PLACE);
        all.addAll(List.of(options));
        return Cli.type(all.toArray(String[]::new));
    }
}
