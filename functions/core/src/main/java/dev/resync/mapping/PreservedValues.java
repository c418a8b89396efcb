package dev.resync.mapping;

import dev.resync.plan.FieldRule;
import dev.resync.plan.NullHandling;
import dev.resync.plan.PreservedRule;
import dev.resync.plan.TargetPlan;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Puts what others own of a live document into a mapped one, as if it had been mapped with it. Thread-safe. */
public final class PreservedValues {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final List<Field> fields = new ArrayList<>();
    private final boolean writeNulls;

    /** @param target whose rules made the mapped documents */
    public PreservedValues(TargetPlan target) {
        for (FieldRule rule : target.fields()) {
            fields.add(new Field(new FieldPath(rule.path()), rule instanceof PreservedRule));
        }
        writeNulls = target.nulls() == NullHandling.WRITE;
    }

    /**
     * Returns a mapped document with the preserved values of a live one.
     *
     * @param mapped as the rules made it; stays as it is
     * @param live of the same key
     */
    public RawBsonDocument into(RawBsonDocument mapped, BsonDocument live) {
        // Field by field in the order of the rules, so that nothing tells it from a document mapped like this at once.
        BsonDocument document = new BsonDocument("_id", mapped.get("_id"));
        for (Field field : fields) {
            BsonValue value = field.preserved()
                    ? preserved(field, mapped, live)
                    : field.path().find(mapped);
            if (value != null && !value.isNull()) {
                field.path().put(document, value);
            } else if (writeNulls) {
                field.path().put(document, BsonNull.VALUE);
            }
        }
        return new RawBsonDocument(document, CODEC);
    }

    /** What mapping would refuse is not taken over. */
    private static BsonValue preserved(Field field, BsonDocument mapped, BsonDocument live) {
        try {
            return field.path().value(live);
        } catch (MappingFailure arrayOnTheWay) {
            return field.path().find(mapped);
        }
    }

    private record Field(FieldPath path, boolean preserved) {}
}
