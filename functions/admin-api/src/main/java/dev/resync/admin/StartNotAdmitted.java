package dev.resync.admin;

/** A run was asked for, and its execution was refused when it asked to be let in. */
final class StartNotAdmitted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String errorName;

    /** @param onRecord stable name and message of the refusal, as the audit trail has them */
    StartNotAdmitted(String onRecord) {
        super(onRecord.substring(onRecord.indexOf(": ") + 2));
        this.errorName = onRecord.substring(0, onRecord.indexOf(": "));
    }

    /** Returns the stable name of the refusal. */
    String errorName() {
        return errorName;
    }
}
