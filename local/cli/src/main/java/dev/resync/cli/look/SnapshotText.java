package dev.resync.cli.look;

import dev.resync.plan.Retention;
import dev.resync.retention.KeptBecause;
import dev.resync.retention.ListedSnapshot;
import dev.resync.retention.ListedSnapshot.Copy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Words how a snapshot stands, for people. */
final class SnapshotText {

    private SnapshotText() {}

    static List<String> of(ListedSnapshot listed) {
        if (listed.sealedAt() == null) {
            return List.of(listed.id(), "  " + damaged(listed.damage()));
        }
        List<String> lines = new ArrayList<>();
        lines.add(listed.id() + "  sealed " + listed.sealedAt());
        for (Copy copy : listed.targets().values()) {
            lines.add(String.format(
                    "  %-40s %,11d documents%s",
                    copy.live(), copy.documents(), copy.existed() ? "" : ", did not exist"));
        }
        lines.add("  " + fate(listed));
        return lines;
    }

    private static String fate(ListedSnapshot listed) {
        if (listed.removingSince() != null) {
            return "being removed since " + listed.removingSince() + ", cannot be brought back";
        }
        if (listed.damage() != null) {
            return damaged(listed.damage());
        }
        if (listed.keptBecause().isEmpty()) {
            return "may go since " + listed.mayGoAt() + ", with the next `reconcile`";
        }
        String reasons = listed.keptBecause().stream()
                .map(because -> reason(because, listed))
                .collect(Collectors.joining("; "));
        return "kept: " + reasons + (listed.mayGoAt() == null ? "" : "; may go at " + listed.mayGoAt());
    }

    private static String damaged(String damage) {
        return "damaged, kept until a person removes it: " + damage;
    }

    private static String reason(KeptBecause because, ListedSnapshot listed) {
        Retention retention = listed.retention();
        return switch (because) {
            case NEEDED -> "run " + listed.neededBy() + " needs it";
            case NEWEST -> "the newest of its plan or of one of its targets";
            case COUNT ->
                retention.snapshots() == 1
                        ? "the newest of its plan"
                        : "one of the " + retention.snapshots() + " newest of its plan";
            case AGE -> "younger than " + retention.days() + (retention.days() == 1 ? " day" : " days");
            case DAMAGED -> damaged(listed.damage());
        };
    }
}
