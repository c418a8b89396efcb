package dev.resync.mapping;

import dev.resync.plan.EachRule;
import dev.resync.plan.SortField;
import dev.resync.plan.value.SortKey;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Evaluates {@code each}: an array of embedded documents. */
final class EachEvaluator implements RuleEvaluator {

    private final RuleTarget target;
    private final int source;
    private final List<FieldPath> sortPaths = new ArrayList<>();
    private final SortKey.Factory sortKeys;
    private final Comparator<Element> order;
    private final FieldWriter fields;

    EachEvaluator(EachRule rule, RuleTarget target, int source, FieldWriter fields, ZoneId zone) {
        this.target = target;
        this.source = source;
        this.sortKeys = new SortKey.Factory(zone);
        this.fields = fields;
        Comparator<Element> byFields = null;
        for (SortField field : rule.orderBy()) {
            int position = sortPaths.size();
            sortPaths.add(new FieldPath(field.field()));
            Comparator<Element> ascending =
                    Comparator.comparing(element -> element.keys().get(position));
            Comparator<Element> byField = field.descending() ? ascending.reversed() : ascending;
            byFields = byFields == null ? byField : byFields.thenComparing(byField);
        }
        this.order = byFields;
    }

    @Override
    public BsonValue evaluate(BundleView view, BsonDocument element) {
        BsonArray array = new BsonArray();
        for (BsonDocument document : sorted(view.documents(source))) {
            array.add(fields.write(new BsonDocument(), view, document));
        }
        if (!array.isEmpty()) {
            view.hit(target.index());
        }
        return array;
    }

    private List<BsonDocument> sorted(List<BsonDocument> documents) {
        if (order == null || documents.size() < 2) {
            return documents;
        }
        // The sort is stable, so ties keep the source's own order.
        return documents.stream()
                .map(document -> new Element(
                        document,
                        sortPaths.stream()
                                .map(path -> sortKeys.of(path.find(document)))
                                .toList()))
                .sorted(order)
                .map(Element::document)
                .toList();
    }

    private record Element(BsonDocument document, List<SortKey> keys) {}
}
