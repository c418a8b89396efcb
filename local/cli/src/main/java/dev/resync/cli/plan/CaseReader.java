package dev.resync.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.plan.PlanCase.Expected;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.TargetPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bson.BsonDocument;

/**
 * Reads the folder of a case:
 *
 * <pre>
 * case.json                  {"title": "…", "runStart": "2024-01-01T00:00:00Z"}, or no such file
 * sources/&lt;source&gt;.json      documents
 * live/&lt;target&gt;.json         see {@link LiveReader}
 * expect/&lt;target&gt;.json       documents
 * expect/quarantine.json     see {@link ExpectationReader}
 * expect/accounts.json       see {@link ExpectationReader}
 * expect/unmapped.json       see {@link ExpectationReader}
 * </pre>
 */
final class CaseReader {

    /** Where a case names none. Any fixed moment will do, as results depend on no other time. */
    static final Instant RUN_START = Instant.parse("2000-01-01T00:00:00Z");

    private static final String CASE = "case.json";
    private static final String QUARANTINE = "expect/quarantine.json";
    private static final String ACCOUNTS = "expect/accounts.json";
    private static final String UNMAPPED = "expect/unmapped.json";

    private final List<String> sources;
    private final List<String> targets;
    private final LiveReader live;
    private final ShownValues values;

    CaseReader(Plan plan) {
        this.sources = plan.sources().stream().map(SourcePlan::name).toList();
        this.targets = plan.targets().stream().map(TargetPlan::name).toList();
        this.live = new LiveReader(plan);
        this.values = new ShownValues(plan);
    }

    /** @throws CaseInvalid where the folder is no case */
    PlanCase read(Path folder) {
        Set<String> files = files(folder);
        requireKnown(files);
        Map<String, List<BsonDocument>> documents = documents(folder, "sources/", sources);
        if (documents.isEmpty()) {
            throw new CaseInvalid("has no documents; add sources/<source>.json, where <source> is one of "
                    + String.join(", ", sources));
        }
        if (files.stream().noneMatch(file -> file.startsWith("expect/"))) {
            throw new CaseInvalid(
                    "expects nothing, so it could not fail; add expect/<target>.json, where <target> is one of "
                            + String.join(", ", targets) + ", or " + QUARANTINE + " or " + ACCOUNTS);
        }
        CaseFile description = new CaseFile(folder, CASE, values);
        return new PlanCase(
                description.exists() ? title(description) : "",
                description.exists() ? runStart(description) : RUN_START,
                documents,
                live.read(folder),
                expected(folder));
    }

    private Expected expected(Path folder) {
        CaseFile quarantine = new CaseFile(folder, QUARANTINE, values);
        CaseFile accounts = new CaseFile(folder, ACCOUNTS, values);
        CaseFile unmapped = new CaseFile(folder, UNMAPPED, values);
        return new Expected(
                documents(folder, "expect/", targets),
                quarantine.exists() ? new ExpectationReader(quarantine, sources).quarantine() : null,
                accounts.exists() ? new ExpectationReader(accounts, sources).accounts() : null,
                unmapped.exists() ? new ExpectationReader(unmapped, sources).unmapped() : null);
    }

    private Map<String, List<BsonDocument>> documents(Path folder, String prefix, List<String> names) {
        Map<String, List<BsonDocument>> documents = new LinkedHashMap<>();
        for (String name : names) {
            CaseFile file = new CaseFile(folder, prefix + name + ".json", values);
            if (file.exists()) {
                documents.put(name, file.documents());
            }
        }
        return documents;
    }

    private static String title(CaseFile file) {
        JsonNode description = file.object();
        description.fieldNames().forEachRemaining(name -> {
            if (!Set.of("title", "runStart").contains(name)) {
                throw file.invalid("has the unknown field " + name + "; expected title, runStart");
            }
        });
        JsonNode title = description.path("title");
        if (!title.isTextual() && !title.isMissingNode()) {
            throw file.invalid("has " + title + " as title; expected text");
        }
        return title.asText("");
    }

    private static Instant runStart(CaseFile file) {
        JsonNode given = file.object().path("runStart");
        try {
            return given.isMissingNode() ? RUN_START : Instant.parse(given.asText());
        } catch (DateTimeException noInstant) {
            throw file.invalid("has the runStart " + given + "; expected a moment in UTC such as 2024-01-31T08:00:00Z");
        }
    }

    private void requireKnown(Set<String> files) {
        Set<String> known = new TreeSet<>(Set.of(CASE, QUARANTINE, ACCOUNTS, UNMAPPED));
        sources.forEach(source -> known.add("sources/" + source + ".json"));
        targets.forEach(target -> known.add("expect/" + target + ".json"));
        known.addAll(live.known());
        List<String> unknown = new ArrayList<>(files);
        unknown.removeAll(known);
        // Of a target that there is, the reader knows better what is wrong.
        targets.forEach(target -> unknown.remove("live/" + target + ".json"));
        if (!unknown.isEmpty()) {
            throw new CaseInvalid("has files that belong to no case: " + String.join(", ", unknown)
                    + "; a case of this plan may have " + String.join(", ", known));
        }
    }

    private static Set<String> files(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            Set<String> names = new TreeSet<>();
            paths.filter(path -> !Files.isDirectory(path))
                    .map(folder::relativize)
                    .filter(path -> !isHidden(path))
                    .forEach(path -> names.add(path.toString().replace('\\', '/')));
            return names;
        } catch (IOException | UncheckedIOException unreadable) {
            throw new CaseInvalid("cannot be listed: " + unreadable + "; make the folder readable");
        }
    }

    /** Returns whether a file, or a folder on the way to it, has a name that hides it, as file managers and editors leave some. */
    static boolean isHidden(Path path) {
        for (Path step : path) {
            if (step.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
