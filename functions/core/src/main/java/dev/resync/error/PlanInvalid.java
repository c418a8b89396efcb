package dev.resync.error;

import java.util.List;

/** A plan breaks the schema or contradicts itself. Carries every problem found, not only the first. */
public final class PlanInvalid extends ResyncException {

    private final transient List<Problem> problems;

    /**
     * @param plan name or file of the plan; never null
     * @param problems at least one
     */
    public PlanInvalid(String plan, List<Problem> problems) {
        super(describe(plan, problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems in the order of the document. */
    public List<Problem> problems() {
        return problems;
    }

    private static String describe(String plan, List<Problem> problems) {
        StringBuilder text = new StringBuilder("Plan ")
                .append(plan)
                .append(" is not valid (")
                .append(problems.size())
                .append(problems.size() == 1 ? " problem):" : " problems):");
        for (Problem problem : problems) {
            text.append(System.lineSeparator()).append("  ").append(problem);
        }
        return text.toString();
    }

    /**
     * One problem of a plan.
     *
     * @param pointer JSON pointer (RFC 6901) to the offending value; empty for the whole document
     * @param message what was found, what was expected and what to do; never null
     */
    public record Problem(String pointer, String message) {
        @Override
        public String toString() {
            return (pointer.isEmpty() ? "(document)" : pointer) + ": " + message;
        }
    }
}
