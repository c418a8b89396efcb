package dev.resync.cli.run;

import dev.resync.error.PlanUnknown;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanSource;
import java.util.List;

/** For commands that need no plan: a way back and a closing work from the control data alone. */
final class NoPlans implements PlanSource {

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public Plan load(String name) {
        throw new PlanUnknown(name, List.of());
    }
}
