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
        super(Problem.describe("Plan " + plan, problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems in the order of the document. */
    public List<Problem> problems() {
        return problems;
    }
}
