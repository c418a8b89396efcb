package dev.resync.cli.drill;

import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.cli.wire.WireRule.Refused;

/** Stops a run when its first view is new, all or in part, and its second is not: the closing must go back. */
final class StopBetweenTargets extends Injection {

    private static final Fate REFUSED = new Refused(13, "Unauthorized", false);

    private final String lastView;
    private final Runnable stop;

    /**
     * @param lastView {@code database.collection} of the view that is replaced or written to last
     * @param stop stops the execution, and says what strikes after that
     */
    StopBetweenTargets(Fault fault, String lastView, Runnable stop) {
        super(fault);
        this.lastView = lastView;
        this.stop = stop;
    }

    @Override
    Fate command(WireCommand command) {
        if (!command.writes() || !command.destination().equals(lastView) || !strike()) {
            return Fate.PASSED;
        }
        stop.run();
        // The shadow stays where it is, for the closing to move away; a document stays what it was.
        return REFUSED;
    }
}
