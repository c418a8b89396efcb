package dev.resync.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.Cli;
import dev.resync.cli.Cli.Said;
import dev.resync.cli.drill.Fault.AfterFailure;
import dev.resync.cli.drill.Fault.Phase;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.plan.Apply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drill finds nothing in what is there, and finds what is missing once fencing is taken away. */
class DrillTest {

    private static final int RUNS = 20;
    private static final int RUNS_IN_PLACE = FaultKind.values().length;
    /** Writes of a closing, about: what is late goes on at the first, the third, and so on of them. */
    private static final int CLOSING_WRITES = 16;

    @TempDir
    private Path folder;

    @Test
    void twentyRoundsFindNothing() {
        Said said = Cli.type(
                "drill",
                "--runs",
                String.valueOf(RUNS),
                "--seed",
                "1",
                "--json",
                "--home",
                Path.of("..", "..").toString());
        assertThat(said.exitCode()).as(said.err() + said.out()).isZero();
        JsonNode report = said.json();
        assertThat(report.path("violations").asInt(-1)).isZero();
        assertThat(report.path("readerErrors").asInt(-1)).isZero();
        assertThat(report.path("reads").asLong()).isPositive();
        assertThat(report.path("faults")).hasSize(FaultKind.values().length);
        int hits = 0;
        for (JsonNode kind : report.path("faults").findValues("hits")) {
            hits += kind.asInt();
        }
        // A point that was drawn may lie after the end of a run that makes a few writes less than the one that was
        // counted.
        assertThat(hits).as("%s", report.path("faults")).isGreaterThanOrEqualTo(RUNS - 3);
        int ended = 0;
        for (JsonNode phase : report.path("endings")) {
            for (JsonNode ending : phase) {
                ended += ending.asInt();
            }
        }
        // Each round asks for a run and a restore. Only a refused write, or the death of the engine, may keep one from
        // coming to
        // a run; the drill takes it for a violation wherever else that happens.
        int notAdmitted = report.path("notAdmitted").asInt(-1);
        assertThat(ended).isEqualTo(2 * RUNS - notAdmitted);
        assertThat(notAdmitted)
                .isLessThanOrEqualTo(report.at("/faults/WRITE_ERROR/planned").asInt()
                        + report.at("/faults/KILL_ENGINE/planned").asInt());
        assertThat(report.path("endings")).hasSize(Phase.values().length);
        assertThat(report.path("longestStopToReceiptSeconds").asDouble()).isPositive();
        assertThat(report.path("longestReconcileToReceiptSeconds").asDouble()).isPositive();
    }

    @Test
    void roundsInPlaceFindNothingButAMixedWindow() {
        Said said = Cli.type(
                "drill",
                "--runs",
                String.valueOf(RUNS_IN_PLACE),
                "--seed",
                "1",
                "--apply",
                "in-place",
                "--json",
                "--home",
                Path.of("..", "..").toString());
        assertThat(said.exitCode()).as(said.err() + said.out()).isZero();
        JsonNode report = said.json();
        assertThat(report.path("violations").asInt(-1)).isZero();
        assertThat(report.path("readerErrors").asInt(-1)).isZero();
        assertThat(report.path("longestWindowSeconds").asDouble()).isPositive();
    }

    @Test
    void withoutFencingALateCutOverIsFoundToChangeLive() {
        try (TestDrill test = new TestDrill(folder, List.of(FaultKind.LATE_WRITE), NO_FENCING)) {
            assertThat(violationsOfALateCutOver(test)).anyMatch(violation -> violation.contains("live is"));
        }
    }

    @Test
    void withFencingTheSameLateCutOverChangesNothing() {
        try (TestDrill test = new TestDrill(folder, List.of(FaultKind.LATE_WRITE))) {
            assertThat(violationsOfALateCutOver(test)).isEmpty();
        }
    }

    @Test
    void withoutACallOnRecordALateWriteInPlaceIsFoundToChangeLive() {
        try (TestDrill test = new TestDrill(folder, List.of(FaultKind.LATE_WRITE), NO_RECORD, Apply.IN_PLACE)) {
            assertThat(lateWriteToLive(test).violations()).anyMatch(violation -> violation.contains("live is"));
        }
    }

    @Test
    void withItTheSameLateWriteChangesNothing() {
        try (TestDrill test = new TestDrill(
                folder, List.of(FaultKind.LATE_WRITE), (command, database) -> Optional.empty(), Apply.IN_PLACE)) {
            assertThat(lateWriteToLive(test).violations()).isEmpty();
        }
    }

    /** The first write to live is on its way when the run is stopped, and arrives when its closing is over or waits for it. */
    private static Round.Result lateWriteToLive(TestDrill test) {
        Round.Result result = test.drill.play(new Fault(
                FaultKind.LATE_WRITE,
                Phase.EXECUTE,
                "^update " + new ScratchData(Apply.IN_PLACE).views().get(0).getFullName() + "$",
                1,
                0,
                AfterFailure.WAIT,
                null));
        assertThat(result.hit()).isTrue();
        return result;
    }

    /** Nobody learns that a call writes to live. */
    private static final TestDrill.Meddling NO_RECORD =
            (command, database) -> command.name().equals("insert")
                            && command.documents().stream().anyMatch(document -> document.containsKey("inFlight"))
                    ? Optional.of(Fate.PRETENDED)
                    : Optional.empty();

    /** The first line of the journal is on its way when the run is stopped, and arrives at every moment of the closing. */
    private static List<String> violationsOfALateCutOver(TestDrill test) {
        List<String> violations = new ArrayList<>();
        for (int write = 1; write <= CLOSING_WRITES; write += 2) {
            Round.Result result = test.drill.play(new Fault(
                    FaultKind.LATE_WRITE, Phase.EXECUTE, "^update resync.journal$", 1, write, AfterFailure.WAIT, null));
            assertThat(result.hit()).isTrue();
            violations.addAll(result.violations());
        }
        return violations;
    }

    /** What closing does to keep late functions out is answered as done, and is not. */
    private static final TestDrill.Meddling NO_FENCING =
            (command, database) -> isFencing(command) ? Optional.of(Fate.PRETENDED) : Optional.empty();

    private static boolean isFencing(WireCommand command) {
        boolean movesAway = command.renames() && command.destination().endsWith(".closed");
        boolean fences = command.documents().stream()
                .anyMatch(update -> update.containsKey("u")
                        && update.getDocument("u").containsKey("$set")
                        && update.getDocument("u").getDocument("$set").containsKey("fence"));
        return movesAway || fences;
    }
}
