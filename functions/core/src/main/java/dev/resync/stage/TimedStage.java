package dev.resync.stage;

/**
 * A stage that may have to wait, and so must know how much time its call has.
 *
 * @param <I> input, read from the event's JSON
 * @param <O> answer, written as JSON
 */
public interface TimedStage<I, O> extends Stage<I, O> {

    /** Does the work, or gives up in time with an error that is retried. */
    O run(I input, Deadline deadline);

    @Override
    default O run(I input) {
        return run(input, Deadline.NONE);
    }
}
