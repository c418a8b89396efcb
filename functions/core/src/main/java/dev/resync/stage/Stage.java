package dev.resync.stage;

/**
 * One step of the state machines: input in, answer out, all else in the database. May run twice, at once or late with the
 * same result.
 *
 * @param <I> input, read from the event's JSON
 * @param <O> answer, written as JSON; small, since it becomes state of the execution
 */
public interface Stage<I, O> {

    /** Returns the name of the function in ASL, Terraform and logs, such as {@code sync-chunk}. */
    String name();

    /** Returns the type of the input. */
    Class<I> input();

    /** Does the work. Raises errors of {@link dev.resync.error}, or the driver's. */
    O run(I input);
}
