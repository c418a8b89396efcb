package dev.resync.cli.progress;

/** Shows how far long work is. Called by one thread. */
public interface Progress extends AutoCloseable {

    /** Shows nothing. */
    Progress NONE = new Progress() {
        @Override
        public void show(Step step) {}

        @Override
        public void say(String line) {}
    };

    /** Shows where the work stands; called often, also when nothing has changed. */
    void show(Step step);

    /** Says something once. */
    void say(String line);

    /** Takes away what is only of the moment. */
    @Override
    default void close() {}
}
