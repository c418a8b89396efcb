package dev.resync.bench.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.PlanUnknown;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanReader;
import dev.resync.plan.PlanSource;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The revalidation plan with as many of its targets as are wanted, and otherwise as it is. */
public final class BenchPlan implements PlanSource {

    private static final String FILE = "revalidation.json";

    private final Plan plan;

    private BenchPlan(Plan plan) {
        this.plan = plan;
    }

    /**
     * Reads the plan.
     *
     * @param plans folder of the plans
     * @param targets how many of its targets to keep, the first ones; 1 or more
     */
    public static BenchPlan of(Path plans, int targets) {
        Path file = plans.resolve(FILE);
        try {
            ObjectNode document = (ObjectNode) ControlJson.mapper().readTree(file.toFile());
            ObjectNode all = (ObjectNode) document.get("targets");
            List<String> names = new ArrayList<>();
            all.fieldNames().forEachRemaining(names::add);
            all.retain(names.subList(0, targets));
            return new BenchPlan(new PlanReader().read(FILE, document.toPrettyString()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the plan " + file + (Files.exists(file) ? " cannot be read" : " is not there") + "; --plans names"
                            + " its folder",
                    e);
        }
    }

    /** Returns the plan. */
    public Plan plan() {
        return plan;
    }

    @Override
    public List<String> names() {
        return List.of(plan.name());
    }

    @Override
    public Plan load(String name) {
        if (!plan.name().equals(name)) {
            throw new PlanUnknown(name, names());
        }
        return plan;
    }
}
