package dev.resync.plan;

import java.util.List;

/** Where plans come from. */
public interface PlanSource {

    /** Returns the names of the plans there are, sorted. */
    List<String> names();

    /**
     * Reads one plan.
     *
     * @param name name of the plan; never null
     * @return the plan, valid
     * @throws dev.resync.error.PlanUnknown if there is no such plan
     * @throws dev.resync.error.PlanInvalid if its document is not a valid plan
     */
    Plan load(String name);
}
