package dev.resync.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.environment.Environment;
import dev.resync.error.PlanInvalid;
import dev.resync.error.PlanUnknown;
import dev.resync.plan.PlanSource;
import dev.resync.run.RunMode;
import dev.resync.store.ControlJson;
import java.util.List;

/** What could be asked for here. Reads nothing but the deployed plans. */
public final class Preview {

    private Preview() {}

    /** Returns environment, plans with their hashes, and the exact input for a dry run. */
    public static ObjectNode of(Environment environment, PlanSource plans) {
        List<String> names = plans.names();
        ObjectNode preview = ControlJson.mapper().createObjectNode();
        preview.put("environment", environment.name());
        preview.put("colour", environment.colour().label());
        preview.put("kind", environment.kind().label());
        preview.set("plans", ControlJson.mapper().valueToTree(names));
        ObjectNode hashes = preview.putObject("planHashes");
        names.forEach(name -> hashes.put(name, hashOf(name, plans)));
        preview.putObject("inputForDryRun")
                .put("environment", environment.name())
                .put("plan", names.isEmpty() ? "" : names.get(0))
                .put("mode", RunMode.DRY_RUN.name())
                .put("requestedBy", "your name")
                .put("reason", "why the run is needed");
        return preview;
    }

    /** A plan that cannot be read must not keep anybody from seeing the others. */
    private static String hashOf(String plan, PlanSource plans) {
        try {
            return plans.load(plan).hash();
        } catch (PlanInvalid | PlanUnknown unreadable) {
            return unreadable.getMessage();
        }
    }
}
