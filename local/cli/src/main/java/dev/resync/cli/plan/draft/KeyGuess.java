package dev.resync.cli.plan.draft;

import dev.resync.plan.value.WhiteSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Guesses which source makes the rows, and by which fields the others belong to them: values that both have. */
final class KeyGuess {

    private static final int LOOKED_UP = 500;
    /** Below this share of common values a field is not believed to be the key. */
    private static final double BELIEVED = 0.5;

    private final Sampler sampler;
    private final List<String> toDo;

    KeyGuess(Sampler sampler, List<String> toDo) {
        this.sampler = sampler;
        this.toDo = toDo;
    }

    /**
     * A field that may be the key of the plan.
     *
     * @param source position of its source
     * @param path path of the field
     * @param type type as a plan names it
     */
    private record Hub(int source, String path, String type) {}

    /**
     * A field that may be the key of a source.
     *
     * @param form how it becomes the plan's key
     * @param share share of its values that the hub has, 0 to 1
     */
    private record Link(String path, KeyForm form, double share) {}

    /** What was found: the sources in the order given, and the type of the plan's key. */
    record Keys(String type, List<SourceDraft> sources) {}

    Keys guess(Map<String, Sample> sources, List<Sample> targets) {
        List<String> names = List.copyOf(sources.keySet());
        List<Sample> samples = List.copyOf(sources.values());
        Hub best = null;
        double highest = -1;
        for (Hub hub : hubs(samples)) {
            double score = score(hub, samples, targets);
            if (score > highest) {
                highest = score;
                best = hub;
            }
        }
        if (best == null) {
            best = new Hub(0, "_id", "string");
            toDo.add("/key: no source has a unique, indexed field of one type that could be the key; name it by hand");
        }
        List<SourceDraft> drafts = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            drafts.add(
                    i == best.source()
                            ? driving(best, names.get(i), samples.get(i))
                            : draft(best, names.get(i), samples, i));
        }
        return new Keys(best.type(), drafts);
    }

    private List<Hub> hubs(List<Sample> samples) {
        List<Hub> hubs = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            for (Profile.Field field : sample.profile().fields().values()) {
                Optional<String> type = KeyForm.typeOf(field);
                boolean unique = field.distinct().size() == field.values().size()
                        && field.values().size()
                                >= KeyForm.MOSTLY * sample.documents().size();
                if (type.isPresent() && unique && sample.indexed().contains(field.path())) {
                    hubs.add(new Hub(i, field.path(), type.get()));
                }
            }
        }
        return hubs;
    }

    private double score(Hub hub, List<Sample> samples, List<Sample> targets) {
        double score = 0;
        for (int i = 0; i < samples.size(); i++) {
            if (i != hub.source()) {
                score += link(hub, samples.get(hub.source()), samples.get(i))
                        .map(Link::share)
                        .orElse(0.0);
            }
        }
        for (Sample target : targets) {
            List<BsonValue> keys = target.documents().stream()
                    .map(document -> document.get("_id"))
                    .toList();
            score += share(samples.get(hub.source()), hub.path(), keys);
        }
        return score;
    }

    private Optional<Link> link(Hub hub, Sample hubSample, Sample sample) {
        List<Link> links = new ArrayList<>();
        for (Profile.Field field : sample.profile().fields().values()) {
            boolean trim = untrimmed(field);
            KeyForm.typeOf(field)
                    .flatMap(type -> KeyForm.between(type, hub.type(), trim))
                    .ifPresent(form -> links.add(
                            new Link(field.path(), form, share(hubSample, hub.path(), planKeys(field, form)))));
        }
        return links.stream().max(Comparator.comparingDouble(Link::share).thenComparing(link -> sample.indexed()
                .contains(link.path())));
    }

    private static List<BsonValue> planKeys(Profile.Field field, KeyForm form) {
        return field.values().stream()
                .filter(value -> !(value instanceof BsonString text && WhiteSpace.isBlank(text.getValue())))
                .map(form::planKey)
                .toList();
    }

    /** Returns the share of values that a collection has in a field, of at most so many that one query asks for. */
    private double share(Sample sample, String path, List<BsonValue> values) {
        Set<BsonValue> asked = values.stream()
                .map(KeyForm::comparable)
                .distinct()
                .limit(LOOKED_UP)
                .collect(Collectors.toSet());
        if (asked.isEmpty()) {
            return 0;
        }
        Set<BsonValue> found = new HashSet<>();
        sampler.find(sample, path, asked)
                .forEach(document -> found.add(KeyForm.comparable(Profile.find(document, path))));
        found.retainAll(asked);
        return (double) found.size() / asked.size();
    }

    private static boolean untrimmed(Profile.Field field) {
        return field.values().stream()
                .anyMatch(value -> value instanceof BsonString text
                        && !WhiteSpace.isBlank(text.getValue())
                        && !WhiteSpace.strip(text.getValue()).equals(text.getValue()));
    }

    private SourceDraft driving(Hub hub, String name, Sample sample) {
        Profile.Field field = sample.profile().fields().get(hub.path());
        boolean trim = field != null && hub.type().equals("string") && untrimmed(field);
        KeyForm form = new KeyForm(hub.type(), trim ? List.of("trim") : List.of());
        return new SourceDraft(name, sample, hub.path(), form, true, "one", null);
    }

    private SourceDraft draft(Hub hub, String name, List<Sample> samples, int index) {
        Sample sample = samples.get(index);
        String place = "/sources/" + name + "/key/field";
        Optional<Link> link = link(hub, samples.get(hub.source()), sample);
        if (link.isEmpty() || link.get().share() < BELIEVED) {
            toDo.add(place + ": no field of " + sample.namespace() + " was seen to hold keys of "
                    + samples.get(hub.source()).namespace() + "." + hub.path() + "; name the one that does");
        } else if (link.get().share() < 1) {
            toDo.add(String.format(
                    "/sources/%s/drives: %.1f %% of the values seen in %s.%s are keys of the driving source; documents of the"
                            + " others are counted as unmatched, unless this source drives, too",
                    name,
                    100 * link.get().share(),
                    sample.namespace(),
                    link.get().path()));
        }
        String path = link.map(Link::path).orElse("_id");
        KeyForm form = link.map(Link::form).orElse(new KeyForm(hub.type(), List.of()));
        if (!sample.indexed().contains(path)) {
            toDo.add(
                    place + ": " + sample.namespace() + "." + path
                            + " has no index; create one, or add \"allowScan\": true to the source. Of a large"
                            + " collection without it only a sample was seen, so that rules through this source may be missing");
        }
        SourceDraft draft = new SourceDraft(name, sample, path, form, false, "one", null);
        return draft.mostOfAKey() > 1 ? draft.asMany() : draft;
    }
}
