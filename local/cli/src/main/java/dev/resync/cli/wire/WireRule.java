package dev.resync.cli.wire;

/** Decides what becomes of a command. Called on the thread that carries it, so that a rule that waits holds it up. */
@FunctionalInterface
public interface WireRule {

    /** Lets everything through. */
    WireRule PASS = command -> Fate.PASSED;

    /**
     * Judges a command.
     *
     * @param command that is about to be sent on
     */
    Fate judge(WireCommand command);

    /** What becomes of a command. */
    sealed interface Fate {

        /** It is sent on. */
        Fate PASSED = new Passed();

        /** It never arrives, and the connection breaks. */
        Fate LOST = new Lost();

        /** It arrives and is carried out, and the connection breaks before the answer. */
        Fate UNANSWERED = new Unanswered();

        /** It never arrives, and is answered as if it had been carried out. */
        Fate PRETENDED = new Pretended();
    }

    /** See {@link Fate#PASSED}. */
    record Passed() implements Fate {}

    /** See {@link Fate#LOST}. */
    record Lost() implements Fate {}

    /** See {@link Fate#UNANSWERED}. */
    record Unanswered() implements Fate {}

    /** See {@link Fate#PRETENDED}. */
    record Pretended() implements Fate {}

    /**
     * It is answered with an error.
     *
     * @param code the server's number of the error
     * @param codeName the server's name of the error
     * @param carriedOut whether it is carried out all the same
     */
    record Refused(int code, String codeName, boolean carriedOut) implements Fate {}
}
