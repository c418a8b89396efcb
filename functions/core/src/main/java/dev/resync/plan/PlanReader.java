package dev.resync.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.resync.error.PlanInvalid;
import dev.resync.schema.Problems;
import dev.resync.schema.SchemaCheck;
import dev.resync.schema.StrictJson;

/** Reads plan documents: JSON, then the schema, then everything a schema cannot say. Thread-safe. */
public final class PlanReader {

    private final SchemaCheck schema = new SchemaCheck("/plans/plan.schema.json");
    private final StrictJson json = new StrictJson();

    /**
     * Reads a plan.
     *
     * @param label name or file of the document, for messages; never null
     * @param document JSON text; never null
     * @return the plan, valid, with all defaults filled in
     * @throws PlanInvalid if the text is no JSON, has a key twice in one object, breaks the schema or contradicts itself;
     *     it carries every problem found
     */
    public Plan read(String label, String document) {
        Problems problems = new Problems();
        JsonNode tree = json.parse(document, problems)
                .orElseThrow(() -> new PlanInvalid(label, problems.sorted(MissingNode.getInstance())));
        schema.check(document, tree).forEach(problems::add);
        new PlanCheck(tree, problems).check();
        if (!problems.isEmpty()) {
            throw new PlanInvalid(label, problems.sorted(tree));
        }
        Plan plan = new PlanBuilder(tree).build();
        new SensitivityCheck(plan, problems).check();
        if (!problems.isEmpty()) {
            throw new PlanInvalid(label, problems.sorted(tree));
        }
        return plan;
    }
}
