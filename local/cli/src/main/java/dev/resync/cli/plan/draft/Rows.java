package dev.resync.cli.plan.draft;

import dev.resync.plan.value.Unconvertible;
import dev.resync.plan.value.ValueConversion;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Some documents of a target beside the source documents of their keys, to see which field became which. */
final class Rows {

    /** So many tell a coincidence from a rule. */
    private static final int MOST = 200;

    private final List<Row> rows;
    private final ZoneId zone;
    private final Map<ValueForm, ValueConversion> conversions = new HashMap<>();

    private Rows(List<Row> rows, ZoneId zone) {
        this.rows = rows;
        this.zone = zone;
    }

    /** A document of the target and the documents of each source, by its short name, that belong to its key. */
    record Row(BsonDocument target, Map<String, List<BsonDocument>> sources) {

        /** Returns the documents of a source; none where it has none of this key. */
        List<BsonDocument> of(SourceDraft source) {
            return sources.get(source.name());
        }
    }

    /**
     * How well a field of a source explains a field of the target.
     *
     * @param source the source
     * @param path path in it
     * @param form form of the rule
     * @param share share of the target's values that it explains, 0 to 1
     */
    record Match(SourceDraft source, String path, ValueForm form, double share) {}

    static Rows of(Sample target, List<SourceDraft> sources, ZoneId zone) {
        List<Map<BsonValue, List<BsonDocument>>> byKey = new ArrayList<>();
        sources.forEach(source -> byKey.add(source.sample().by(source.key())));
        List<Row> rows = new ArrayList<>();
        for (BsonDocument document : target.documents()) {
            if (rows.size() == MOST) {
                break;
            }
            Map<String, List<BsonDocument>> found = new LinkedHashMap<>();
            for (int i = 0; i < sources.size(); i++) {
                BsonValue key = sources.get(i).raw(document.get("_id"));
                found.put(sources.get(i).name(), byKey.get(i).getOrDefault(KeyForm.comparable(key), List.of()));
            }
            if (found.values().stream().anyMatch(documents -> !documents.isEmpty())) {
                rows.add(new Row(document, found));
            }
        }
        return new Rows(rows, zone);
    }

    /** Returns the rows whose target has a value there. */
    List<Row> with(String path) {
        return rows.stream().filter(row -> value(row.target(), path) != null).toList();
    }

    /** Returns the value as a rule of a form would write it; null where it would not. */
    BsonValue convert(ValueForm form, BsonValue value) {
        if (value == null || value.isNull()) {
            return null;
        }
        try {
            return conversions
                    .computeIfAbsent(form, any -> form.conversion(zone))
                    .convert(value);
        } catch (Unconvertible other) {
            return null;
        }
    }

    static BsonValue value(BsonDocument document, String path) {
        BsonValue value = Profile.find(document, path);
        return value == null || value.isNull() ? null : value;
    }

    /** Returns how many of these rows any document of the source explains. */
    Match match(Profile.Field target, SourceDraft source, String path, List<Row> among) {
        Match best = new Match(source, path, ValueForm.leadingTo(target).get(0), 0);
        for (ValueForm form : ValueForm.leadingTo(target)) {
            long equal = among.stream()
                    .filter(row -> explains(row, target.path(), source, path, form))
                    .count();
            double share = among.isEmpty() ? 0 : (double) equal / among.size();
            if (share > best.share()) {
                best = new Match(source, path, form, share);
            }
        }
        return best;
    }

    private boolean explains(Row row, String target, SourceDraft source, String path, ValueForm form) {
        BsonValue wanted = value(row.target(), target);
        return row.of(source).stream()
                .anyMatch(document -> Objects.equals(wanted, convert(form, Profile.find(document, path))));
    }
}
