package dev.resync.mapping;

import dev.resync.plan.Several;
import dev.resync.plan.value.WhiteSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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

    /** Several origins as one text. A part that fails is told of by its own source and field. */
    record Join(List<Origin> parts, String separator, RuleTarget target) implements Origin {
        @Override
        public BsonValue read(BundleView view, BsonDocument element) {
            int known = view.problems().size();
            List<String> texts = new ArrayList<>();
            for (Origin part : parts) {
                BsonValue value = target.guarded(view, part.source(), part.field(), () -> part.read(view, element));
                if (view.problems().size() > known) {
                    return null;
                }
                if (value != null && !WhiteSpace.isBlank(value.asString().getValue())) {
                    texts.add(value.asString().getValue());
                }
            }
            return texts.isEmpty() ? null : new BsonString(String.join(separator, texts));
        }
    }

    /** A constant, perhaps only where something, or one of some values, is present. */
    record Constant(BsonValue value, Integer whenSource, FieldPath whenPath, Scalars whenIn, boolean inElement)
            implements Origin {
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
            return whenPath == null ? !documents.isEmpty() : documents.stream().anyMatch(this::fits);
        }

        private boolean fits(BsonDocument document) {
            BsonValue found = whenPath.find(document);
            return whenIn == null ? isPresent(found) : whenIn.contains(found);
        }

        private static boolean isPresent(BsonValue found) {
            return found != null
                    && !SourceKey.isNull(found)
                    && !(found instanceof BsonString text && WhiteSpace.isBlank(text.getValue()));
        }
    }
}
