package dev.resync.sync;

import dev.resync.chunk.KeyFamily;
import dev.resync.plan.KeyType;
import dev.resync.plan.SourcePlan;

/** Says which ranges find the keys of a source. */
public final class SourceKeys {

    private SourceKeys() {}

    /** Returns the family of a source's raw keys. */
    public static KeyFamily familyOf(SourcePlan source) {
        return familyOf(source.key().type());
    }

    /** Returns the family of keys of a type. */
    public static KeyFamily familyOf(KeyType type) {
        return switch (type) {
            case STRING -> KeyFamily.STRING;
            case INT, LONG -> KeyFamily.NUMBER;
            case OBJECT_ID -> KeyFamily.OBJECT_ID;
        };
    }
}
