package dev.resync.cli.remote;

import java.util.concurrent.atomic.AtomicReference;

/** Ctrl-C and {@code kill -TERM} while a run is followed that goes on elsewhere: says so, and how to stop it, or stops it. */
final class RemoteInterrupt implements AutoCloseable {

    private final AtomicReference<String> followed = new AtomicReference<>();
    private final Thread hook;
    private volatile boolean stops;

    /** Asks for a stop. */
    interface Stopping {

        /** Asks for the stop of a run. */
        void stop(String runId, String why);
    }

    /**
     * @param shown the options that name API and environment in a command, with a space before the first
     * @param stopping asks for a stop
     */
    RemoteInterrupt(String shown, Stopping stopping) {
        hook = new Thread(() -> onShutdown(shown, stopping), "resync-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says whether an interrupt stops the run. */
    void stop(boolean stop) {
        stops = stop;
    }

    /** Names the run that an interrupt is about. */
    void follow(String runId) {
        followed.set(runId);
    }

    /** The run is followed no more. */
    void release() {
        followed.set(null);
    }

    private void onShutdown(String shown, Stopping stopping) {
        String run = followed.get();
        if (run == null) {
            return;
        }
        String program = System.getProperty("resync.program", "./resync");
        String stop = program + " stop " + run + shown;
        if (stops) {
            try {
                stopping.stop(run, "The command that followed it was interrupted.");
                System.err.println("Run " + run + " was told to stop, and is closed without this command. See: "
                        + program + " status " + run + shown);
                return;
            } catch (RuntimeException e) {
                System.err.println("Run " + run + " could not be told to stop: " + e.getMessage());
            }
        }
        System.err.println("Run " + run + " goes on without this command. To stop it: " + stop);
    }

    @Override
    public void close() {
        followed.set(null);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is at work.
            return;
        }
    }
}
