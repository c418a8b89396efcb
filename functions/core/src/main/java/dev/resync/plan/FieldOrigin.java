package dev.resync.plan;

import org.bson.BsonValue;

/** One place a field's value may come from. */
public sealed interface FieldOrigin {

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
     * A constant.
     *
     * @param value the value as it is written to the target; never null
     * @param whenSource name of the source that must have a document; null for always
     * @param whenPath path in that source that must hold something other than null and blank text; null for none
     */
    record Constant(BsonValue value, String whenSource, String whenPath) implements FieldOrigin {}
}
