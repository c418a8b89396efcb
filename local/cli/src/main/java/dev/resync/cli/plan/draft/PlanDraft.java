package dev.resync.cli.plan.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.MongoNamespace;
import dev.resync.error.PlanInvalid;
import dev.resync.plan.PlanReader;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;

/**
 * A first plan and what is left to do.
 *
 * @param plan the plan's document
 * @param toDo guesses to confirm and what could not be guessed, each with a JSON pointer of its place
 */
record PlanDraft(ObjectNode plan, List<String> toDo) {

    private static final int KEYS = 200;
    private static final ZoneId ZONE = ZoneId.of("UTC");

    PlanDraft {
        toDo = List.copyOf(toDo);
    }

    /**
     * Looks at the collections and writes a plan.
     *
     * @param name name of the plan
     * @param sources at least one, each of which exists
     * @param targets at least one
     */
    static PlanDraft of(String name, Sampler sampler, List<MongoNamespace> sources, List<MongoNamespace> targets) {
        List<String> toDo = new ArrayList<>();
        toDo.add("/timeZone: UTC is a guess; name the zone of local dates");
        Map<String, Sample> samples = new LinkedHashMap<>();
        sources.forEach(source -> samples.put(shortName(source, samples.keySet()), sampler.of(source)));
        Map<String, Sample> views = new LinkedHashMap<>();
        targets.forEach(target -> views.put(shortName(target, views.keySet()), sampler.of(target)));
        KeyGuess.Keys keys = new KeyGuess(sampler, toDo).guess(samples, List.copyOf(views.values()));
        List<SourceDraft> drafts = settle(complete(keys.sources(), views, sampler), views, toDo);
        ObjectNode plan = JsonNodeFactory.instance
                .objectNode()
                .put("plan", name)
                .put("description", "A draft; see what is left to do.")
                .put("timeZone", ZONE.getId());
        plan.putObject("key").put("type", keys.type());
        ObjectNode listed = plan.putObject("sources");
        drafts.forEach(source -> listed.set(source.name(), json(source)));
        ObjectNode rebuilt = plan.putObject("targets");
        views.forEach((view, sample) -> rebuilt.set(view, new TargetDraft(drafts, ZONE, toDo).draft(view, sample)));
        try {
            new PlanReader().read(name, plan.toString());
        } catch (PlanInvalid invalid) {
            invalid.problems().forEach(problem -> toDo.add(problem.toString()));
        }
        return new PlanDraft(plan, toDo);
    }

    /** Adds to each source the documents of some keys, so that those that belong together are seen together. */
    private static List<SourceDraft> complete(List<SourceDraft> sources, Map<String, Sample> views, Sampler sampler) {
        Set<BsonValue> keys = new LinkedHashSet<>();
        views.values().forEach(view -> view.documents().forEach(document -> keys.add(document.get("_id"))));
        sources.stream()
                .filter(SourceDraft::drives)
                .forEach(hub -> keys.addAll(hub.sample().by(hub.key()).keySet()));
        List<BsonValue> some = keys.stream().limit(KEYS).toList();
        return sources.stream()
                .map(source -> source.with(source.sample()
                        .with(sampler.find(
                                source.sample(),
                                source.key(),
                                some.stream().map(source::raw).toList()))))
                .toList();
    }

    /** Decides how many documents of a key count, now that those of some keys are all there. */
    private static List<SourceDraft> settle(List<SourceDraft> sources, Map<String, Sample> views, List<String> toDo) {
        List<SourceDraft> settled = new ArrayList<>();
        for (SourceDraft source : sources) {
            if (source.drives() || source.mostOfAKey() < 2) {
                settled.add(source);
                continue;
            }
            boolean listed = views.values().stream()
                    .anyMatch(view -> view.documents().isEmpty()
                            || view.profile().fields().values().stream().anyMatch(Profile.Field::holdsDocuments)
                                    && lists(view, source));
            Optional<String> moment = moment(source);
            if (listed || moment.isEmpty()) {
                settled.add(source.asMany());
            } else {
                settled.add(source.asLatest(moment.get()));
                toDo.add("/sources/" + source.name() + "/latestBy: " + moment.get() + " is a guess; up to "
                        + source.mostOfAKey() + " documents of one key were seen");
            }
        }
        return settled;
    }

    private static boolean lists(Sample view, SourceDraft source) {
        Rows rows = Rows.of(view, List.of(source), ZONE);
        return view.profile().fields().values().stream()
                .filter(Profile.Field::holdsDocuments)
                .anyMatch(array -> new ArrayDraft(rows, "", new ArrayList<>())
                        .draft(array, List.of(source))
                        .isPresent());
    }

    /** Returns the field that may tell which document is the latest: the date with the most values. */
    private static Optional<String> moment(SourceDraft source) {
        return source.sample().profile().fields().values().stream()
                .filter(PlanDraft::isMoment)
                .max(Comparator.comparingInt(field -> field.distinct().size()))
                .map(Profile.Field::path);
    }

    private static boolean isMoment(Profile.Field field) {
        return !field.values().isEmpty()
                && field.values().stream()
                        .allMatch(value -> value.getBsonType() == BsonType.DATE_TIME
                                || value instanceof BsonString text
                                        && text.getValue().matches("\\d{4}-\\d{2}-\\d{2}.*"));
    }

    private static ObjectNode json(SourceDraft source) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", source.sample().namespace().getFullName());
        ObjectNode key = json.putObject("key")
                .put("field", source.key())
                .put("type", source.keyForm().type());
        if (!source.keyForm().transform().isEmpty()) {
            source.keyForm().transform().forEach(key.putArray("transform")::add);
        }
        json.put("cardinality", source.cardinality());
        if (source.latestBy() != null) {
            json.put("latestBy", source.latestBy());
        }
        if (source.drives()) {
            json.put("drives", true);
        }
        return json;
    }

    private static String shortName(MongoNamespace namespace, Set<String> taken) {
        String name = namespace.getCollectionName().replaceAll("[^A-Za-z0-9_]", "_");
        name = name.matches("[A-Za-z].*") ? name : "c" + name;
        name = name.length() > 38 ? name.substring(0, 38) : name;
        String unique = name;
        for (int i = 2; taken.contains(unique); i++) {
            unique = name + i;
        }
        return unique;
    }
}
