package dev.resync.error;

import java.util.List;

/** A plan was asked for that does not exist. */
public final class PlanUnknown extends ResyncException {

    /**
     * @param name name that was asked for
     * @param known names that exist; may be empty
     */
    public PlanUnknown(String name, List<String> known) {
        super("There is no plan " + name + "; "
                + (known.isEmpty() ? "no plan is deployed" : "known plans: " + String.join(", ", known)));
    }
}
