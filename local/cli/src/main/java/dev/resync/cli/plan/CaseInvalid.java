package dev.resync.cli.plan;

/** A case cannot be tried: it is not laid out as a case is, or a file of it does not hold what it must. */
final class CaseInvalid extends RuntimeException {

    /** @param message what was wrong, with the file, what was expected and what to do; never null */
    CaseInvalid(String message) {
        super(message, null, false, false);
    }
}
