package dev.resync.error;

import java.io.IOException;
import java.nio.file.Path;
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

    /**
     * @param file file that was to hold a plan
     * @param cause why it cannot be read
     */
    public PlanUnknown(Path file, IOException cause) {
        super(
                "There is no plan in " + file + ": the file cannot be read (" + cause + "). Name the file of a plan.",
                cause);
    }
}
