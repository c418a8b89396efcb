package dev.resync.error;

import java.util.List;

/**
 * One problem of a document.
 *
 * @param pointer JSON pointer (RFC 6901) to the offending value; empty for the whole document
 * @param message what was found, what was expected and what to do; never null
 */
public record Problem(String pointer, String message) {

    /** Returns all problems of a document, a line each, after a line that says which document they are of. */
    static String describe(String document, List<Problem> problems) {
        StringBuilder text = new StringBuilder(document)
                .append(" is not valid (")
                .append(problems.size())
                .append(problems.size() == 1 ? " problem):" : " problems):");
        for (Problem problem : problems) {
            text.append(System.lineSeparator()).append("  ").append(problem);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return (pointer.isEmpty() ? "(document)" : pointer) + ": " + message;
    }
}
