package dev.resync.cli.run;

import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;

/** Brings a run to its end: asks the process that works on it to stop, or closes it here where there is none. */
final class Stop {

    private final Session session;

    Stop(Session session) {
        this.session = session;
    }

    Run of(Run run) {
        Run now = run;
        if (now.state() != RunState.CLOSED && session.leases().status(now.execution()) == ExecutionStatus.RUNNING) {
            session.say("asking the process that works on " + now.id() + " to stop");
            session.leases().requestStop(now.execution());
            now = awaitHolder(now);
        }
        if (now.state() == RunState.CLOSED || now.state() == RunState.NEEDS_OPERATOR) {
            return now;
        }
        session.context().runs().endResume(now, session.context().clock().instant());
        session.close(now);
        return session.closed(now);
    }

    /** Waits until the run is closed, or nobody works on it any more. */
    private Run awaitHolder(Run run) {
        Run now = run;
        while (now.state() != RunState.CLOSED
                && now.state() != RunState.NEEDS_OPERATOR
                && session.leases().status(now.execution()) == ExecutionStatus.RUNNING) {
            session.pause();
            now = session.context().runs().require(run.id());
        }
        return session.awaitClosing(now);
    }
}
