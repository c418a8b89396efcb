package dev.resync.cli.run;

import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import java.util.EnumSet;
import java.util.Set;

/** Brings a run to its end: asks the process that works on it to stop, and closes it here where there is none. */
final class Stop {

    private static final Set<RunState> ENDED = EnumSet.of(RunState.CLOSED, RunState.NEEDS_OPERATOR);
    /** A holder on a busy machine may look gone to one look and alive to the next. */
    private static final int TRIES = 6;

    private final Session session;

    Stop(Session session) {
        this.session = session;
    }

    Run of(Run run) {
        Run now = run;
        for (int i = 0; i < TRIES && !ENDED.contains(now.state()); i++) {
            // Always, whether its holder looks alive or not: one that comes back must find that it is to stop.
            session.leases().requestStop(now.execution());
            now = awaitHolder(now);
            if (!ENDED.contains(now.state())) {
                session.context()
                        .runs()
                        .endResume(now, session.context().clock().instant());
                session.close(now);
                now = session.closed(now);
            }
        }
        return now;
    }

    /** Waits until the run is closed, or nobody works on it any more. */
    private Run awaitHolder(Run run) {
        Run now = run;
        boolean asked = false;
        while (!ENDED.contains(now.state()) && session.leases().status(now.execution()) == ExecutionStatus.RUNNING) {
            if (!asked) {
                session.say("asked the process that works on " + now.id() + " to stop");
                asked = true;
            }
            session.pause();
            now = session.context().runs().require(run.id());
        }
        return asked ? session.awaitClosing(now) : now;
    }
}
