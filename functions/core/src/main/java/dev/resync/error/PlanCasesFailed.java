package dev.resync.error;

/** Cases of a plan gave something else than they expect, or could not be tried. */
public final class PlanCasesFailed extends ResyncException {

    /**
     * @param plan name of the plan; never null
     * @param failed number of cases that failed, at least 1
     * @param cases number of all cases
     */
    public PlanCasesFailed(String plan, int failed, int cases) {
        super(failed + " of " + cases + " cases of plan " + plan
                + " failed; each names the place, what was expected and what was found. Mend the plan or the case.");
    }
}
