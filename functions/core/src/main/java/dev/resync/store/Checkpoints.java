package dev.resync.store;

/**
 * Told each time the code stands right before or after a step that others can see: a rename, a write to live, a record
 * that decides. Tests stop the world there; production ignores it.
 */
@FunctionalInterface
public interface Checkpoints {

    /** Does nothing. */
    Checkpoints NONE = name -> {};

    /**
     * Called on the thread that does the step.
     *
     * @param name stable name of the point, such as {@code cut-over:before-rename:masterDoctorView}
     */
    void reached(String name);
}
