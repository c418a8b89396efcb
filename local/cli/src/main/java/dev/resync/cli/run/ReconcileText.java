package dev.resync.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Words the answer of a reconcile for people. */
final class ReconcileText {

    private ReconcileText() {}

    /**
     * Returns the lines below the receipts.
     *
     * @param answer of the stage
     * @param closed number of runs closed
     */
    static List<String> of(JsonNode answer, int closed) {
        List<String> lines = new ArrayList<>();
        answer.path("removedSnapshots")
                .forEach(removed -> lines.add(String.format(
                        "removed snapshot %s, %,d documents",
                        removed.path("id").asText(), removed.path("documents").asLong())));
        answer.path("damagedSnapshots")
                .forEach(id -> lines.add("snapshot " + id.asText()
                        + " is damaged and kept: `resync snapshots` says what is wrong with it"));
        answer.path("ownerless")
                .forEach(name -> lines.add(name.asText() + " belongs to a run that is not on record and is kept"));
        lines.add("closed " + closed + " runs, dropped " + answer.path("swept").asInt() + " collections, removed "
                + answer.path("removedSnapshots").size() + " snapshots, "
                + answer.path("needOperator").size() + " runs need an operator");
        return lines;
    }
}
