package dev.resync.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.schema.Place;
import dev.resync.schema.Problems;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks what the schema cannot say: names that must exist, things that contradict each other, texts in languages of
 * their own. Whatever has the wrong shape is skipped here, for the schema has reported it.
 */
final class PlanCheck {

    private static final Set<String> RESERVED_DATABASES = Set.of("admin", "local", "config", "resync");

    private final Place plan;
    private final Problems problems;

    PlanCheck(JsonNode document, Problems problems) {
        this.plan = Place.root(document);
        this.problems = problems;
    }

    void check() {
        checkSources();
        checkNamespaces();
        checkTargets();
        new GateCheck(plan, problems).check();
    }

    private void checkSources() {
        Place sources = plan.at("sources");
        SourceCheck check = new SourceCheck(KeyType.of(plan.at("key").at("type").text()), problems);
        boolean anyDrives = false;
        for (String name : sources.names()) {
            Place source = sources.at(name);
            anyDrives |= source.at("drives").flag();
            check.check(source);
        }
        if (!anyDrives && !sources.names().isEmpty()) {
            problems.add(
                    sources.pointer(),
                    "no source drives, so the targets would stay empty; give \"drives\": true to the sources whose documents"
                            + " make rows");
        }
    }

    private void checkNamespaces() {
        Place sources = plan.at("sources");
        Place targets = plan.at("targets");
        Map<String, String> taken = new HashMap<>();
        for (String name : sources.names()) {
            Place namespace = sources.at(name).at("namespace");
            checkReserved(namespace);
            taken.putIfAbsent(namespace.text(), "source " + name);
        }
        for (String name : targets.names()) {
            Place namespace = targets.at(name).at("namespace");
            checkReserved(namespace);
            String other = taken.putIfAbsent(namespace.text(), "target " + name);
            if (other != null && !namespace.text().isEmpty()) {
                problems.add(
                        namespace.pointer(),
                        "is \"" + namespace.text() + "\", which is the collection of " + other
                                + ", too; a target needs a collection of its own");
            }
        }
    }

    private void checkReserved(Place namespace) {
        int dot = namespace.text().indexOf('.');
        if (dot < 0) {
            return;
        }
        if (RESERVED_DATABASES.contains(namespace.text().substring(0, dot))
                || namespace.text().startsWith("system.", dot + 1)
                || namespace.text().startsWith("resync.", dot + 1)) {
            problems.add(
                    namespace.pointer(),
                    "is \"" + namespace.text()
                            + "\", which belongs to MongoDB or to Resync itself; name a collection of your own");
        }
    }

    private void checkTargets() {
        ZoneId zone = zone();
        Place targets = plan.at("targets");
        Map<String, String> cardinalities = new HashMap<>();
        Place sources = plan.at("sources");
        sources.names()
                .forEach(name -> cardinalities.put(
                        name, sources.at(name).at("cardinality").text()));
        RuleCheck rules = new RuleCheck(sources.names(), cardinalities, zone, problems);
        for (String name : targets.names()) {
            Place fields = targets.at(name).at("fields");
            rules.checkTarget(fields.items());
            new PathCheck(problems).check(fields.items(), true);
        }
    }

    private ZoneId zone() {
        Place zone = plan.at("timeZone");
        try {
            return ZoneId.of(zone.text("UTC"));
        } catch (DateTimeException unknown) {
            problems.add(
                    zone.pointer(),
                    "is \"" + zone.text() + "\", which is no time zone; give one such as Europe/London or UTC");
            return ZoneOffset.UTC;
        }
    }

    /** Returns the ids of all rules, as {@link TargetPlan#ruleIds()} will. */
    static List<String> ruleIds(Place targets) {
        return targets.names().stream()
                .flatMap(target -> targets.at(target).at("fields").items().stream()
                        .flatMap(rule -> RuleCheck.ids(target, rule).stream()))
                .toList();
    }
}
