package dev.resync.mapping;

import dev.resync.plan.FieldOrigin;
import dev.resync.plan.Several;
import dev.resync.plan.value.WhiteSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** One place a value may come from, ready to read. Thread-safe. */
interface Origin {

    /** Returns the converted value, or null for none; throws as {@link ValueConverter#convert} and {@link FieldPath#value} do. */
    BsonValue read(BundleView view, BsonDocument element);

    /** Returns whether what it gives comes from a source. */
    default boolean fromSource() {
        return true;
    }

    /** Returns the name of the source, or null for none. */
    default String source() {
        return null;
    }

    /** Returns the path in the source, or null for none. */
    default String field() {
        return null;
    }

    /**
     * Makes an origin ready.
     *
     * @param inElement whether paths start from the element of an array
     */
    static Origin of(
            FieldOrigin origin,
            Several several,
            boolean inElement,
            ValueConverter converter,
            Map<String, Integer> sourceIndex) {
        if (origin instanceof FieldOrigin.Key) {
            return (view, element) -> converter.convert(view.key());
        }
        if (origin instanceof FieldOrigin.RunStart) {
            return (view, element) ->
                    converter.convert(new BsonDateTime(view.runStart().toEpochMilli()));
        }
        if (origin instanceof FieldOrigin.Path path) {
            FieldPath field = new FieldPath(path.path());
            return inElement
                    ? new InElement(path.source(), field, converter)
                    : new InSource(path.source(), sourceIndex.get(path.source()), field, several, converter);
        }
        FieldOrigin.Constant constant = (FieldOrigin.Constant) origin;
        FieldPath when = constant.whenPath() == null ? null : new FieldPath(constant.whenPath());
        Integer source = constant.whenSource() == null ? null : sourceIndex.get(constant.whenSource());
        return new Constant(constant.value(), source, when, inElement);
    }

    /** A field of the element itself. */
    record InElement(String source, FieldPath path, ValueConverter converter) implements Origin {
        @Override
        public BsonValue read(BundleView view, BsonDocument element) {
            return converter.convert(path.value(element));
        }

        @Override
        public String field() {
            return path.text();
        }
    }

    /** A field of a source's documents: of the only one there is, or of several. */
    record InSource(String source, int index, FieldPath path, Several several, ValueConverter converter)
            implements Origin {
        @Override
        public BsonValue read(BundleView view, BsonDocument element) {
            List<BsonDocument> documents = view.documents(index);
            if (documents.isEmpty()) {
                return null;
            }
            if (documents.size() == 1) {
                return converter.convert(path.value(documents.get(0)));
            }
            return several.kind() == Several.Kind.NULL ? null : together(documents);
        }

        @Override
        public String field() {
            return path.text();
        }

        private BsonValue together(List<BsonDocument> documents) {
            List<BsonValue> distinct = new ArrayList<>();
            for (BsonDocument document : documents) {
                BsonValue value = converter.convert(path.value(document));
                if (value != null && !distinct.contains(value)) {
                    distinct.add(value);
                }
            }
            if (distinct.size() <= 1) {
                return distinct.isEmpty() ? null : distinct.get(0);
            }
            if (several.kind() == Several.Kind.QUARANTINE) {
                throw new MappingFailure(
                        MappingFailure.SEVERAL_VALUES,
                        ShortText.cut(distinct.stream().map(ShortText::of).collect(Collectors.joining(", "))));
            }
            return new BsonString(distinct.stream()
                    .map(value -> value.asString().getValue())
                    .collect(Collectors.joining(several.separator())));
        }
    }

    /** A constant, perhaps only where something is present. */
    record Constant(BsonValue value, Integer whenSource, FieldPath whenPath, boolean inElement) implements Origin {
        @Override
        public BsonValue read(BundleView view, BsonDocument element) {
            return applies(view, element) ? value : null;
        }

        @Override
        public boolean fromSource() {
            return false;
        }

        private boolean applies(BundleView view, BsonDocument element) {
            if (whenSource == null) {
                return true;
            }
            List<BsonDocument> documents = inElement ? List.of(element) : view.documents(whenSource);
            return whenPath == null ? !documents.isEmpty() : documents.stream().anyMatch(this::isPresent);
        }

        private boolean isPresent(BsonDocument document) {
            BsonValue found = whenPath.find(document);
            return found != null
                    && !SourceKey.isNull(found)
                    && !(found instanceof BsonString text && WhiteSpace.isBlank(text.getValue()));
        }
    }
}
