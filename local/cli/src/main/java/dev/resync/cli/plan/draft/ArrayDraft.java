package dev.resync.cli.plan.draft;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.plan.draft.Rows.Row;
import dev.resync.plan.value.BsonOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Drafts the rule of an array of embedded documents in an existing target: which source it lists, with which fields. */
final class ArrayDraft {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Rows rows;
    private final List<String> toDo;
    private final String place;

    ArrayDraft(Rows rows, String place, List<String> toDo) {
        this.rows = rows;
        this.place = place;
        this.toDo = toDo;
    }

    /** An element field, and the field of the source that it comes from. */
    private record Pair(Profile.Field element, String path, ValueForm form) {}

    /** Returns the rule of the array from the source that explains most of its fields; empty where none explains any. */
    Optional<ObjectNode> draft(Profile.Field array, List<SourceDraft> sources) {
        Profile elements = Profile.of(array.elements());
        SourceDraft best = null;
        List<Pair> most = List.of();
        for (SourceDraft source : sources) {
            List<Pair> pairs = pairs(array, elements, source);
            if (pairs.size() > most.size()) {
                best = source;
                most = pairs;
            }
        }
        if (best == null) {
            toDo.add(place + ": " + array.path() + " has no rule: no source has the values of its elements");
            return Optional.empty();
        }
        return Optional.of(rule(array, elements, best, most));
    }

    private List<Pair> pairs(Profile.Field array, Profile elements, SourceDraft source) {
        List<Pair> pairs = new ArrayList<>();
        for (Profile.Field element : elements.fields().values()) {
            pair(array, element, source).ifPresent(pairs::add);
        }
        return pairs;
    }

    /** An empty list is like any other empty list, so it says nothing. */
    private List<Row> filled(Profile.Field array) {
        return rows.with(array.path()).stream()
                .filter(row -> !Rows.value(row.target(), array.path()).asArray().isEmpty())
                .toList();
    }

    private Optional<Pair> pair(Profile.Field array, Profile.Field element, SourceDraft source) {
        List<String> paths = new ArrayList<>(source.sample().profile().fields().keySet());
        paths.sort(Comparator.comparing((String path) -> path.equals(element.path()))
                .reversed());
        List<Row> filled = filled(array);
        for (String path : paths) {
            for (ValueForm form : ValueForm.leadingTo(element)) {
                long equal = filled.stream()
                        .filter(row -> sameValues(row, array.path(), element.path(), source, path, form))
                        .count();
                if (!filled.isEmpty() && equal >= FieldDraft.EXPLAINED * filled.size()) {
                    return Optional.of(new Pair(element, path, form));
                }
            }
        }
        return Optional.empty();
    }

    private boolean sameValues(Row row, String array, String element, SourceDraft source, String path, ValueForm form) {
        List<String> wanted = sorted(values(row, array, element));
        List<String> found = sorted(row.of(source).stream()
                .map(document -> rows.convert(form, Profile.find(document, path)))
                .toList());
        return wanted.equals(found);
    }

    private static List<BsonValue> values(Row row, String array, String element) {
        BsonValue found = Rows.value(row.target(), array);
        List<BsonValue> values = new ArrayList<>();
        for (BsonValue each : found instanceof BsonArray elements ? elements : new BsonArray()) {
            values.add(each.isDocument() ? Rows.value(each.asDocument(), element) : null);
        }
        return values;
    }

    private static List<String> sorted(List<BsonValue> values) {
        return values.stream().map(Objects::toString).sorted().toList();
    }

    private ObjectNode rule(Profile.Field array, Profile elements, SourceDraft source, List<Pair> pairs) {
        ObjectNode rule = JSON.objectNode().put("path", array.path()).put("each", source.name());
        Optional<String> order = order(array, source, pairs);
        order.ifPresentOrElse(
                field -> rule.putArray("orderBy").addObject().put("field", field),
                () -> toDo.add(place + ": " + array.path() + " is in no order that one field of " + source.name()
                        + " explains; add orderBy if consumers need one"));
        ArrayNode fields = rule.putArray("fields");
        for (Profile.Field element : elements.fields().values()) {
            Optional<Pair> pair =
                    pairs.stream().filter(each -> each.element() == element).findFirst();
            if (pair.isPresent()) {
                ObjectNode field = fields.addObject().put("path", element.path());
                field.putArray("from").add(pair.get().path());
                pair.get().form().writeTo(field);
            } else {
                toDo.add(place + ": " + array.path() + "[]." + element.path() + " has no rule: no field of "
                        + source.name() + " has its values");
            }
        }
        return rule;
    }

    /** Returns the field of the source whose order is that of the elements in nearly all rows. */
    private Optional<String> order(Profile.Field array, SourceDraft source, List<Pair> pairs) {
        List<Row> several =
                filled(array).stream().filter(row -> row.of(source).size() > 1).toList();
        // What consumers see explains the order better than what they do not.
        Set<String> paths = new LinkedHashSet<>(pairs.stream().map(Pair::path).toList());
        paths.addAll(source.sample().profile().fields().keySet());
        for (String path : paths) {
            long ordered = several.stream()
                    .filter(row -> inOrder(row, array.path(), source, path, pairs))
                    .count();
            if (!several.isEmpty() && ordered >= FieldDraft.EXPLAINED * several.size()) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    private boolean inOrder(Row row, String array, SourceDraft source, String path, List<Pair> pairs) {
        List<BsonDocument> documents = new ArrayList<>(row.of(source));
        if (documents.stream()
                        .map(document -> Profile.find(document, path))
                        .distinct()
                        .count()
                < documents.size()) {
            return false;
        }
        documents.sort(Comparator.comparing(
                document -> Profile.find(document, path), Comparator.nullsFirst(BsonOrder.INSTANCE)));
        return pairs.stream().allMatch(pair -> values(row, array, pair.element().path())
                .equals(documents.stream()
                        .map(document -> rows.convert(pair.form(), Profile.find(document, pair.path())))
                        .toList()));
    }
}
