package dev.resync.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.cli.drill.Fault.AfterFailure;
import dev.resync.cli.drill.Fault.Phase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault counts as a hit only where it did what its name says. */
class HitTest {

    private static final String ADMITTED = "^insert resync.runs$";
    private static final String AUDITED = "^insert resync.audit$";
    /** The first says that the run was admitted, the second that it is closed. */
    private static final int CLOSED = 2;

    @TempDir
    private Path folder;

    @Test
    void eventsCountWhereTheyMadeADifference() {
        try (TestDrill test = new TestDrill(folder, List.of(FaultKind.STOP))) {
            hits(test, FaultKind.DOUBLED_EVENT, Phase.RESTORE, ADMITTED, 1, false);
            hits(test, FaultKind.DOUBLED_EVENT, Phase.RESTORE, AUDITED, 1, true);
            hits(test, FaultKind.DOUBLED_EVENT, Phase.WAY_BACK, "^insert resync.chunks$", 1, true);
            hits(test, FaultKind.LOST_EVENT, Phase.EXECUTE, AUDITED, CLOSED, false);
            hits(test, FaultKind.LOST_EVENT, Phase.EXECUTE, AUDITED, 1, true);
            hits(test, FaultKind.LOST_EVENT, Phase.RESTORE, AUDITED, 1, true);
        }
    }

    private static void hits(TestDrill test, FaultKind kind, Phase phase, String on, int at, boolean hit) {
        Fault fault = new Fault(kind, phase, on, at, 0, AfterFailure.WAIT, null);
        Round.Result result = test.drill.play(fault);
        assertThat(result.violations()).as("%s", fault).isEmpty();
        assertThat(result.hit()).as("%s", fault).isEqualTo(hit);
    }

    @Test
    void theEventOfAChildNamesNoExecutionOfARun() {
        String restore = "arn:aws:states:local:0:execution:resync-restore:one";
        assertThat(Injections.childOf(restore)).isNotEqualTo(restore).contains(":execution:resync-restore/");
    }
}
