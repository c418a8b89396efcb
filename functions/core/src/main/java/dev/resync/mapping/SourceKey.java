package dev.resync.mapping;

import dev.resync.mapping.Classified.Keyed;
import dev.resync.mapping.Classified.Reason;
import dev.resync.mapping.Classified.WithoutKey;
import dev.resync.plan.KeyRule;
import dev.resync.plan.KeyTransform;
import dev.resync.plan.KeyType;
import dev.resync.plan.value.Numbers;
import dev.resync.plan.value.WhiteSpace;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/** Turns raw keys of one source into the plan's key. Thread-safe. */
final class SourceKey {

    private static final WithoutKey WRONG_TYPE = new WithoutKey(Reason.WRONG_TYPE);

    private final KeyType rawType;
    private final KeyType keyType;
    private final List<KeyTransform> steps;

    SourceKey(KeyRule rule, KeyType keyType) {
        this.rawType = rule.type();
        this.keyType = keyType;
        this.steps = rule.transform();
    }

    /** @param raw value of the key field; null for missing */
    Classified read(BsonValue raw) {
        if (raw == null) {
            return new WithoutKey(Reason.MISSING);
        }
        if (raw.isArray()) {
            return new WithoutKey(Reason.ARRAY);
        }
        if (isNull(raw)) {
            return new WithoutKey(Reason.NULL);
        }
        Object key = typed(raw);
        for (KeyTransform step : steps) {
            if (key == null) {
                return WRONG_TYPE;
            }
            if (isBlank(key)) {
                return new WithoutKey(Reason.BLANK);
            }
            key = apply(step, key);
        }
        if (key == null) {
            return WRONG_TYPE;
        }
        return isBlank(key)
                ? new WithoutKey(Reason.BLANK)
                : toBson(key).<Classified>map(made -> new Keyed(raw, made)).orElse(WRONG_TYPE);
    }

    /** Returns whether a range comparison of MongoDB within the raw key's type can find the value. */
    boolean rangeable(BsonValue raw) {
        return raw != null
                && switch (rawType) {
                    case STRING -> raw.isString();
                    case INT, LONG -> Numbers.isNumber(raw);
                    case OBJECT_ID -> raw.isObjectId();
                };
    }

    static boolean isNull(BsonValue raw) {
        return raw.isNull() || raw.getBsonType() == BsonType.UNDEFINED;
    }

    private static boolean isBlank(Object key) {
        return key instanceof String text && WhiteSpace.isBlank(text);
    }

    /** Returns the raw key as text, long or ObjectId; null if it is of another type. */
    private Object typed(BsonValue raw) {
        return switch (rawType) {
            case STRING -> raw.isString() ? raw.asString().getValue() : null;
            case OBJECT_ID -> raw.isObjectId() ? raw.asObjectId().getValue() : null;
            case LONG -> Numbers.whole(raw).orElse(null);
            case INT -> Numbers.whole(raw).filter(SourceKey::fitsInt).orElse(null);
        };
    }

    private static Object apply(KeyTransform step, Object key) {
        if (step instanceof KeyTransform.ToText) {
            return key.toString();
        }
        String text = (String) key;
        if (step instanceof KeyTransform.Trim) {
            return WhiteSpace.strip(text);
        }
        if (step instanceof KeyTransform.Upper) {
            return text.toUpperCase(Locale.ROOT);
        }
        if (step instanceof KeyTransform.Lower) {
            return text.toLowerCase(Locale.ROOT);
        }
        if (step instanceof KeyTransform.PadStart pad) {
            return String.valueOf(pad.with()).repeat(Math.max(0, pad.length() - text.length())) + text;
        }
        return Numbers.parse(text).flatMap(Numbers::whole).orElse(null);
    }

    private Optional<BsonValue> toBson(Object key) {
        return switch (keyType) {
            case STRING -> Optional.of(new BsonString((String) key));
            case OBJECT_ID -> Optional.of(new BsonObjectId((ObjectId) key));
            case LONG -> Optional.of(new BsonInt64((Long) key));
            case INT ->
                Optional.of((Long) key).filter(SourceKey::fitsInt).map(number -> new BsonInt32(number.intValue()));
        };
    }

    private static boolean fitsInt(long number) {
        return number == (int) number;
    }
}
