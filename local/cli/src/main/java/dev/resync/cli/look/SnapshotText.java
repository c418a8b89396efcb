package dev.resync.cli.look;

import dev.resync.plan.Retention;
import dev.resync.retention.KeptBecause;
import dev.resync.retention.ListedSnapshot;
import dev.resync.retention.ListedSnapshot.Copy;
import dev.resync.retention.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Words how a snapshot stands, for people. */
final class SnapshotText {

    private SnapshotText() {}

    static List<String> of(Standing standing) {
        ListedSnapshot listed = ListedSnapshot.of(standing);
        List<String> lines = new ArrayList<>();
        lines.add(listed.id() + "  sealed " + listed.sealedAt());
        for (Copy copy : listed.targets().values()) {
            lines.add(String.format(
                    "  %-40s %,11d documents%s",
                    copy.live(), copy.documents(), copy.existed() ? "" : ", did not exist"));
        }
        lines.add("  " + fate(standing, listed));
        return lines;
    }

    static List<String> unreadable(String id) {
        ListedSnapshot listed = ListedSnapshot.unreadable(id);
        return List.of(id, "  " + damaged(listed.damage()));
    }

    private static String fate(Standing standing, ListedSnapshot listed) {
        if (listed.removingSince() != null) {
            return "being removed since " + listed.removingSince() + ", cannot be brought back";
        }
        if (listed.damage() != null) {
            return damaged(listed.damage());
        }
        if (standing.mayGo()) {
            return "may go since " + listed.mayGoAt() + ", with the next `reconcile`";
        }
        String reasons = listed.keptBecause().stream()
                .map(because -> reason(because, standing))
                .collect(Collectors.joining("; "));
        return "kept: " + reasons + (listed.mayGoAt() == null ? "" : "; may go at " + listed.mayGoAt());
    }

    private static String damaged(String damage) {
        return "damaged, kept until a person removes it: " + damage;
    }

    private static String reason(KeptBecause because, Standing standing) {
        Retention retention = standing.retention();
        return switch (because) {
            case NEEDED -> "run " + standing.neededBy() + " needs it";
            case NEWEST -> "the newest of its plan or of one of its targets";
            case COUNT ->
                retention.snapshots() == 1
                        ? "the newest of its plan"
                        : "one of the " + retention.snapshots() + " newest of its plan";
            case AGE -> "younger than " + retention.days() + (retention.days() == 1 ? " day" : " days");
            case DAMAGED -> damaged(standing.damage());
        };
    }
}
