package dev.resync.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.PlanChanged;
import dev.resync.error.PlanUnknown;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanFile;
import dev.resync.plan.PlanReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The plans that a deployment has. */
final class DeployedPlans {

    private final JsonNode hashes;

    private DeployedPlans(JsonNode hashes) {
        this.hashes = hashes;
    }

    /** Asks an API for them. */
    static DeployedPlans of(AdminApi api) {
        return new DeployedPlans(api.get(List.of("plans"), Map.of()).path("planHashes"));
    }

    /**
     * Returns the name of a plan that is deployed.
     *
     * @param plan its name, or a file that must hold the very same plan
     * @throws PlanUnknown where there is none of this name
     * @throws PlanChanged where the file holds another one
     */
    String name(Path plan) {
        boolean file = Files.exists(plan);
        Plan local = file ? new PlanFile(plan, new PlanReader()).read() : null;
        String name = file ? local.name() : plan.toString();
        if (!hashes.has(name)) {
            List<String> known = new ArrayList<>();
            hashes.fieldNames().forEachRemaining(known::add);
            throw new PlanUnknown(name, known);
        }
        if (file && !local.hash().equals(hashes.path(name).asText())) {
            throw new PlanChanged("--plan is " + plan + " with hash " + local.hash() + ", and the deployed plan " + name
                    + " is another one: " + hashes.path(name).asText()
                    + ". Nothing was started. Deploy this plan, or give the name " + name
                    + " to run the deployed one.");
        }
        return name;
    }
}
