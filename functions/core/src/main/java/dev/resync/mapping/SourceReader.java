package dev.resync.mapping;

import dev.resync.plan.Cardinality;
import dev.resync.plan.Duplicates;
import dev.resync.plan.Sensitivity;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.value.BsonOrder;
import dev.resync.plan.value.SortKey;
import dev.resync.plan.value.SortKey.Kind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** Chooses the documents of one source that count for a key, and puts them in order. Thread-safe. */
final class SourceReader {

    private static final FieldPath ID = new FieldPath("_id");

    private final SourcePlan source;
    private final Sensitivity sensitivity;
    private final Projection projection;
    private final SortKey.Factory sortKeys;
    private final FieldPath latestBy;
    private final FieldPath identity;

    SourceReader(SourcePlan source, Projection projection, ZoneId zone, Sensitivity sensitivity) {
        this.source = source;
        this.sensitivity = sensitivity;
        this.projection = projection;
        this.sortKeys = new SortKey.Factory(zone);
        this.latestBy = source.latestBy() == null ? null : new FieldPath(source.latestBy());
        this.identity = source.identity() == null ? null : new FieldPath(source.identity());
    }

    String name() {
        return source.name();
    }

    boolean drives() {
        return source.drives();
    }

    /** Returns what an expression sees of the source: one document, or a list where it is {@code many}. */
    Object expressionInput(List<BsonDocument> kept) {
        return source.cardinality() == Cardinality.MANY
                ? kept.stream().map(ExpressionValues::toJava).toList()
                : ExpressionValues.toJava(kept.get(0));
    }

    /**
     * Returns the documents that count, oldest first.
     *
     * @param documents at least one
     * @param view told of what goes to quarantine; the answer has no meaning then
     */
    List<BsonDocument> read(List<? extends BsonDocument> documents, BundleView view) {
        if (documents.size() == 1) {
            return List.of(projection.of(documents.get(0)));
        }
        List<Dated> sorted = new ArrayList<>(documents.size());
        for (BsonDocument document : documents) {
            BsonDocument projected = projection.of(document);
            sorted.add(new Dated(projected, sortKeys.of(latestBy == null ? null : latestBy.find(projected))));
        }
        sorted.sort(Dated.OLDEST_FIRST);
        return switch (source.cardinality()) {
            case LATEST -> latest(sorted, view);
            case ONE -> {
                if (source.duplicates() == Duplicates.LATEST) {
                    yield latest(sorted, view);
                }
                refuse(view, source.key().field(), documents.size() + " documents");
                yield documents(sorted);
            }
            case MANY -> identity == null ? documents(sorted) : ofOneIdentity(sorted, view);
        };
    }

    private List<BsonDocument> latest(List<Dated> sorted, BundleView view) {
        checkAges(sorted, view);
        return List.of(sorted.get(sorted.size() - 1).document());
    }

    private List<BsonDocument> ofOneIdentity(List<Dated> sorted, BundleView view) {
        List<BsonValue> identities = new ArrayList<>();
        for (Dated each : sorted) {
            BsonValue found = identity(each);
            if (identities.stream().noneMatch(known -> same(known, found))) {
                identities.add(found);
            }
        }
        if (identities.size() == 1) {
            return documents(sorted);
        }
        if (source.duplicates() == Duplicates.QUARANTINE) {
            identities.sort(BsonOrder.INSTANCE);
            String texts = identities.stream().map(ShortText::of).collect(Collectors.joining(", "));
            refuse(view, identity.text(), shown(identity, ShortText.cut(texts)));
        } else {
            checkAges(sorted, view);
        }
        BsonValue winner = identity(sorted.get(sorted.size() - 1));
        return documents(
                sorted.stream().filter(each -> same(identity(each), winner)).toList());
    }

    private BsonValue identity(Dated each) {
        BsonValue found = identity.find(each.document());
        return found == null ? BsonNull.VALUE : found;
    }

    private static boolean same(BsonValue left, BsonValue right) {
        return BsonOrder.INSTANCE.compare(left, right) == 0;
    }

    /** Tells the view where the documents cannot be told apart by age. */
    private void checkAges(List<Dated> sorted, BundleView view) {
        List<SortKey> ages = sorted.stream()
                .map(Dated::age)
                .filter(age -> age.kind() != Kind.NULL)
                .toList();
        Optional<SortKey> odd =
                ages.stream().filter(age -> age.kind() == Kind.OTHER).findFirst();
        if (odd.isEmpty()) {
            odd = ages.stream()
                    .filter(age -> age.kind() != ages.get(ages.size() - 1).kind())
                    .findFirst();
        }
        odd.ifPresent(age -> {
            boolean badDate = age.kind() == Kind.OTHER && age.value().isString();
            view.problem(new MappingProblem(
                    badDate ? MappingFailure.BAD_DATE : MappingFailure.LATEST_UNCLEAR,
                    source.name(),
                    latestBy.text(),
                    shown(latestBy, ShortText.of(age.value())),
                    null));
        });
    }

    /** An array on the way is shown with all that lies beside the field, so that its top counts. */
    private String shown(FieldPath path, String value) {
        return Sensitivity.shown(value, sensitivity.hidesField(source.name(), path.top()));
    }

    private void refuse(BundleView view, String field, String value) {
        view.problem(new MappingProblem(MappingFailure.DUPLICATE_KEY, source.name(), field, value, null));
    }

    private static List<BsonDocument> documents(List<Dated> sorted) {
        return sorted.stream().map(Dated::document).toList();
    }

    /** A document and its age. */
    private record Dated(BsonDocument document, SortKey age) {
        // The whole document last, so that input order never decides.
        static final Comparator<Dated> OLDEST_FIRST = Comparator.comparing(Dated::age)
                .thenComparing(Dated::id, BsonOrder.INSTANCE)
                .thenComparing(Dated::document, BsonOrder.INSTANCE);

        BsonValue id() {
            BsonValue id = ID.find(document);
            return id == null ? BsonNull.VALUE : id;
        }
    }
}
