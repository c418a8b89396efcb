package dev.resync.cli.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Ctrl-C and {@code kill -TERM}: stops the execution that is being followed, then holds the end of the process until the
 * command has closed the run and said so.
 */
final class Interrupt implements AutoCloseable {

    /** A restore of a large view takes its time; after this the process ends and reconcile has the word. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final AtomicReference<String> followed = new AtomicReference<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    /** @param stop stops an execution by its ARN */
    Interrupt(Consumer<String> stop) {
        hook = new Thread(() -> onShutdown(stop), "resync-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Names the execution that an interrupt stops. */
    void follow(String execution) {
        followed.set(execution);
    }

    private void onShutdown(Consumer<String> stop) {
        String execution = followed.get();
        if (execution == null) {
            return;
        }
        try {
            stop.accept(execution);
            finished.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is at work, and was just told to let go.
            return;
        }
    }
}
