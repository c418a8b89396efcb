package dev.resync.mapping;

import dev.resync.bson.FieldNames;
import dev.resync.bson.RawElements;
import dev.resync.plan.EachRule;
import dev.resync.plan.ExclusionRule;
import dev.resync.plan.ExpressionRule;
import dev.resync.plan.FieldOrigin;
import dev.resync.plan.FieldRule;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.ValueRule;
import dev.resync.plan.expression.Expression;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * Finds fields of source documents that nothing in the plan names, so that a renamed field does not go unnoticed.
 * {@code _id} counts as named; so do fields that a source calls sensitive, and every name that an
 * expression mentions. Made once per plan; thread-safe.
 */
public final class UnmappedFields {

    private static final BsonDocumentCodec DOCUMENTS = new BsonDocumentCodec();

    private final Map<String, Names> sources = new HashMap<>();
    private final Set<String> inExpressions = new HashSet<>();

    /** @param plan the plan; never null */
    public UnmappedFields(Plan plan) {
        for (SourcePlan source : plan.sources()) {
            sources.put(source.name(), new Names());
            name(source.name(), "_id");
            name(source.name(), source.key().field());
            name(source.name(), source.latestBy());
            name(source.name(), source.identity());
            name(source.name(), source.modifiedField());
            source.sensitive().forEach(path -> name(source.name(), path));
            for (ExclusionRule rule : source.exclude()) {
                name(source.name(), rule.where() == null ? null : rule.where().field());
            }
        }
        plan.targets().forEach(target -> target.fields().forEach(this::name));
        sources.values().forEach(Names::complete);
    }

    /**
     * Adds the paths of unmapped fields of a document to a set.
     *
     * @param source name of the source
     * @param document a document of it, raw or not
     * @param found takes the dotted paths; of an embedded document that has no name in the plan only its own
     * @throws IllegalArgumentException if the plan has no such source
     */
    public void collect(String source, BsonDocument document, Set<String> found) {
        Names names = sources.get(source);
        if (names == null) {
            throw new IllegalArgumentException("The plan has no source " + source);
        }
        RawBsonDocument raw =
                document instanceof RawBsonDocument already ? already : new RawBsonDocument(document, DOCUMENTS);
        collect(RawElements.of(raw), "", names, found);
    }

    private void collect(RawElements elements, String prefix, Names names, Set<String> found) {
        while (elements.next()) {
            int index = names.ready.indexOf(elements);
            if (index < 0) {
                String name = elements.name();
                if (!inExpressions.contains(name)) {
                    found.add(prefix + name);
                }
                continue;
            }
            String name = names.ready.text(index);
            Names below = names.below.get(name);
            if (!below.named && elements.type() == BsonType.DOCUMENT) {
                collect(elements.inside(), prefix + name + ".", below, found);
            }
        }
    }

    private void name(FieldRule rule) {
        if (rule instanceof ValueRule value) {
            value.reads().forEach(this::name);
        } else if (rule instanceof ExpressionRule expression) {
            inExpressions.addAll(Expression.compile(expression.expression()).names());
        } else if (rule instanceof EachRule each) {
            each.orderBy().forEach(order -> name(each.source(), order.field()));
            each.fields().forEach(this::name);
        }
    }

    private void name(FieldOrigin origin) {
        if (origin instanceof FieldOrigin.Path path) {
            name(path.source(), path.path());
        } else if (origin instanceof FieldOrigin.Constant constant && constant.whenPath() != null) {
            name(constant.whenSource(), constant.whenPath());
        }
    }

    private void name(String source, String path) {
        if (path == null) {
            return;
        }
        Names names = sources.get(source);
        for (String step : path.split("\\.")) {
            names = names.below.computeIfAbsent(step, unused -> new Names());
        }
        names.named = true;
    }

    /** The names below a path; filled while the plan is read, then never changed. */
    private static final class Names {
        private final Map<String, Names> below = new HashMap<>();
        private boolean named;
        private FieldNames ready;

        void complete() {
            ready = new FieldNames(below.keySet());
            below.values().forEach(Names::complete);
        }
    }
}
