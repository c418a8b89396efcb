package dev.resync.stage;

import dev.resync.error.PlanChanged;
import dev.resync.plan.Plan;
import dev.resync.run.Run;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Gives each run the very plan that it was admitted with. Reads a plan once per process. */
public final class RunPlans {

    private final StageContext context;
    private final ConcurrentMap<String, Plan> byHash = new ConcurrentHashMap<>();

    public RunPlans(StageContext context) {
        this.context = context;
    }

    /**
     * Returns the plan of a run.
     *
     * @throws PlanChanged where the deployed plan of that name is another one now
     */
    public Plan of(Run run) {
        return byHash.computeIfAbsent(run.planHash(), hash -> load(run));
    }

    private Plan load(Run run) {
        Plan plan = context.plans().load(run.plan());
        if (!plan.hash().equals(run.planHash())) {
            throw new PlanChanged("Plan " + run.plan() + " has hash " + plan.hash() + " now; run " + run.id()
                    + " was admitted with " + run.planHash()
                    + ". Deploy that plan again and redrive, resume the run from MAP in a new execution, or stop it.");
        }
        return plan;
    }
}
