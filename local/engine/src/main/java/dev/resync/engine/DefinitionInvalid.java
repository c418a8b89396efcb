package dev.resync.engine;

import java.util.List;
import java.util.stream.Collectors;

/** A state machine definition cannot be loaded. Names every problem that was found, not only the first. */
public final class DefinitionInvalid extends RuntimeException {
    /**
     * One thing that is wrong.
     *
     * @param pointer JSON pointer (RFC 6901) into the definition; the empty string is the whole document
     * @param message what is wrong there, for people
     */
    public record Problem(String pointer, String message) {
        @Override
        public String toString() {
            return (pointer.isEmpty() ? "(document)" : pointer) + ": " + message;
        }
    }

    private final transient List<Problem> problems;

    DefinitionInvalid(String machine, List<Problem> problems) {
        super(problems.stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n  ", "state machine '" + machine + "' is not valid:\n  ", "")));
        this.problems = List.copyOf(problems);
    }

    /**
     * All problems, in the order in which they were found.
     *
     * @return at least one problem, unmodifiable
     */
    public List<Problem> problems() {
        return problems;
    }
}
