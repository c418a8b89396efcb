package dev.resync.cli.plan.draft;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.plan.draft.Rows.Match;
import dev.resync.cli.plan.draft.Rows.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/** Drafts the rule of one field of an existing target by what its values can come from. */
final class FieldDraft {

    /** Share of values that must be explained: live may be older than its sources. */
    static final double EXPLAINED = 0.9;

    private static final int MOST_ENUM_VALUES = 12;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Rows rows;
    private final List<SourceDraft> sources;
    private final String place;
    private final List<String> toDo;

    /** @param place pointer of the target's fields, for the to-do list */
    FieldDraft(Rows rows, List<SourceDraft> sources, String place, List<String> toDo) {
        this.rows = rows;
        this.sources = sources;
        this.place = place;
        this.toDo = toDo;
    }

    /** Returns the rule; empty, with a reason in the to-do list, where nothing explains the field. */
    Optional<ObjectNode> draft(Profile.Field target) {
        List<Row> filled = rows.with(target.path());
        if (filled.isEmpty()) {
            toDo.add(place + ": " + target.path() + " has no value in the documents seen; write its rule by hand");
            return Optional.empty();
        }
        if (filled.stream().allMatch(row -> Rows.value(row.target(), target.path())
                .equals(row.target().get("_id")))) {
            return Optional.of(rule(target, List.of("$key"), ValueForm.keeping(target)));
        }
        Optional<ObjectNode> counted = count(target, filled);
        if (counted.isPresent()) {
            return counted;
        }
        List<Match> matches = matches(target, filled);
        if (!matches.isEmpty() && matches.get(0).share() >= EXPLAINED) {
            return Optional.of(rule(
                    target,
                    withOthers(target, matches.get(0), filled),
                    matches.get(0).form()));
        }
        return fallBack(target, matches, filled);
    }

    private Optional<ObjectNode> fallBack(Profile.Field target, List<Match> matches, List<Row> filled) {
        for (Match match : matches) {
            // Two fields that fill each other's gaps.
            List<String> from = withOthers(target, match, filled);
            if (match.share() > 0.1 && from.size() > 1) {
                return Optional.of(rule(target, from, match.form()));
            }
        }
        Optional<String> asEnum = enumeration(target, filled);
        String nearest = matches.isEmpty() || matches.get(0).share() == 0
                ? ""
                : String.format(
                        "; nearest is %s.%s, equal in %.0f %%",
                        matches.get(0).source().name(),
                        matches.get(0).path(),
                        100 * matches.get(0).share());
        toDo.add(place + ": " + target.path()
                + asEnum.orElse(" has no rule: no field of a source has its values" + nearest));
        return Optional.empty();
    }

    /** All fields of all sources, the best first; among equals the one of the same name, then of the first source. */
    private List<Match> matches(Profile.Field target, List<Row> filled) {
        List<Match> matches = new ArrayList<>();
        for (SourceDraft source : sources) {
            source.sample()
                    .profile()
                    .fields()
                    .keySet()
                    .forEach(path -> matches.add(rows.match(target, source, path, filled)));
        }
        matches.sort(Comparator.comparingDouble(Match::share)
                .thenComparing(match -> last(match.path()).equals(last(target.path())))
                .reversed());
        return matches;
    }

    /** Returns the origin, and a second one that explains nearly all of what the first leaves without a value. */
    private List<String> withOthers(Profile.Field target, Match first, List<Row> filled) {
        List<String> from = new ArrayList<>(List.of(origin(first)));
        List<Row> left = filled.stream()
                .filter(row -> row.of(first.source()).stream()
                        .allMatch(document -> Rows.value(document, first.path()) == null))
                .toList();
        if (!left.isEmpty()) {
            matches(target, left).stream()
                    .filter(match -> match.share() >= EXPLAINED && match.form().equals(first.form()))
                    .filter(match -> !origin(match).equals(from.get(0)))
                    .findFirst()
                    .ifPresent(match -> from.add(origin(match)));
        }
        return from;
    }

    private static String origin(Match match) {
        return match.source().name() + "." + match.path();
    }

    private Optional<ObjectNode> count(Profile.Field target, List<Row> filled) {
        boolean ints = filled.stream().allMatch(row -> Rows.value(row.target(), target.path()) instanceof BsonInt32);
        for (SourceDraft source : ints ? sources : List.<SourceDraft>of()) {
            long equal = filled.stream()
                    .filter(row ->
                            Rows.value(row.target(), target.path()).asInt32().getValue()
                                    == row.of(source).size())
                    .count();
            if (source.cardinality().equals("many") && equal >= EXPLAINED * filled.size()) {
                return Optional.of(JSON.objectNode()
                        .put("path", target.path())
                        .put("countOf", source.name())
                        .put("type", "int"));
            }
        }
        return Optional.empty();
    }

    private Optional<String> enumeration(Profile.Field target, List<Row> filled) {
        for (SourceDraft source : sources) {
            for (Profile.Field field : source.sample().profile().fields().values()) {
                Map<String, Set<String>> becomes = new TreeMap<>();
                for (Row row : filled) {
                    List<BsonDocument> documents = row.of(source);
                    BsonValue value = documents.size() == 1 ? Rows.value(documents.get(0), field.path()) : null;
                    if (value != null) {
                        becomes.computeIfAbsent(text(value), any -> new TreeSet<>())
                                .add(text(Rows.value(row.target(), target.path())));
                    }
                }
                boolean mapped = becomes.size() > 1
                        && becomes.size() <= MOST_ENUM_VALUES
                        && becomes.values().stream().allMatch(values -> values.size() == 1)
                        && becomes.values().stream().distinct().count() > 1;
                if (mapped) {
                    return Optional.of(" looks like " + source.name() + "." + field.path() + " with the enum " + becomes
                            + "; write that rule if it is so");
                }
            }
        }
        return Optional.empty();
    }

    private static String text(BsonValue value) {
        return value.isString() ? value.asString().getValue() : value.toString();
    }

    private static ObjectNode rule(Profile.Field target, List<String> from, ValueForm form) {
        ObjectNode rule = JSON.objectNode().put("path", target.path());
        ArrayNode origins = rule.putArray("from");
        from.forEach(origins::add);
        form.writeTo(rule);
        return rule;
    }

    static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
