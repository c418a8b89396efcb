package dev.resync.plan;

import java.util.List;
import org.bson.BsonValue;

/** One place a field's value may come from. */
public sealed interface FieldOrigin {

    /**
     * Returns the places whose values it looks at: the parts of a join in their order, the field that a constant's values are
     * looked for in; of every other origin itself.
     */
    default List<FieldOrigin> reads() {
        return List.of(this);
    }

    /** The bundle's key. */
    record Key() implements FieldOrigin {}

    /** The start of the run, as a BSON date. */
    record RunStart() implements FieldOrigin {}

    /**
     * A field of a source document.
     *
     * @param source name of the source; never null
     * @param path dotted path in the source document; never null
     */
    record Path(String source, String path) implements FieldOrigin {}

    /**
     * Several fields as one text: of those that have one, blank text aside.
     *
     * @param parts keys and paths, in the order of the text; two at least
     * @param separator what stands between their texts; never null, may be empty
     */
    record Join(List<FieldOrigin> parts, String separator) implements FieldOrigin {
        public Join {
            parts = List.copyOf(parts);
        }

        @Override
        public List<FieldOrigin> reads() {
            return parts;
        }
    }

    /**
     * A constant.
     *
     * @param value the value as it is written to the target; never null
     * @param whenSource name of the source that must have a document; null for always
     * @param whenPath path in that source that must hold something other than null and blank text; null for none
     * @param whenIn values one of which it must hold instead; numbers that compare equal are equal, texts and numbers never
     *     are; null for no such test
     */
    record Constant(BsonValue value, String whenSource, String whenPath, List<BsonValue> whenIn)
            implements FieldOrigin {
        public Constant {
            whenIn = whenIn == null ? null : List.copyOf(whenIn);
        }

        @Override
        public List<FieldOrigin> reads() {
            return List.of(whenIn == null ? this : new Path(whenSource, whenPath));
        }
    }
}
