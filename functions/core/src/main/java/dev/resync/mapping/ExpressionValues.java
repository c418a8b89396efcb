package dev.resync.mapping;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** BSON values as expressions see them, and back. */
final class ExpressionValues {

    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private ExpressionValues() {}

    /** Returns a document with its fields sorted, so that an expression that lists them does not see their order. */
    static Map<String, Object> toJava(BsonDocument document) {
        Map<String, Object> fields = new TreeMap<>();
        document.forEach((name, value) -> fields.put(name, toJava(value)));
        return fields;
    }

    /** Returns dates as ISO 8601 text in UTC, ObjectIds as hexadecimal text, and types unknown to JSON as extended JSON. */
    static Object toJava(BsonValue value) {
        return switch (value.getBsonType()) {
            case NULL, UNDEFINED -> null;
            case STRING -> value.asString().getValue();
            case BOOLEAN -> value.asBoolean().getValue();
            case INT32 -> value.asInt32().getValue();
            case INT64 -> value.asInt64().getValue();
            case DOUBLE -> value.asDouble().getValue();
            case DECIMAL128 -> decimal(value.asDecimal128().getValue());
            case DATE_TIME ->
                MILLISECONDS.format(Instant.ofEpochMilli(value.asDateTime().getValue()));
            case OBJECT_ID -> value.asObjectId().getValue().toHexString();
            case DOCUMENT -> toJava(value.asDocument());
            case ARRAY -> list(value.asArray());
            default -> ShortText.json(value);
        };
    }

    private static Object decimal(Decimal128 number) {
        return number.isFinite() ? new BigDecimal(number.toString()) : number.toString();
    }

    // Not Stream.toList(): null elements are allowed in BSON arrays.
    private static List<Object> list(BsonArray array) {
        List<Object> elements = new ArrayList<>(array.size());
        array.forEach(element -> elements.add(toJava(element)));
        return elements;
    }

    /**
     * Returns the result of an expression as BSON.
     *
     * @return the value; null for null
     * @throws MappingFailure if the result is a function or too large a number
     */
    static BsonValue toBson(Object result) {
        if (result == null) {
            return null;
        }
        if (result instanceof String text) {
            return new BsonString(text);
        }
        if (result instanceof Boolean truth) {
            return BsonBoolean.valueOf(truth);
        }
        if (result instanceof Number number) {
            return number(number);
        }
        if (result instanceof List<?> elements) {
            BsonArray array = new BsonArray();
            elements.forEach(element -> array.add(orNull(element)));
            return array;
        }
        if (result instanceof Map<?, ?> fields) {
            BsonDocument document = new BsonDocument();
            fields.forEach((name, value) -> document.put(String.valueOf(name), orNull(value)));
            return document;
        }
        throw new MappingFailure(MappingFailure.EXPRESSION_FAILED, "The result is a function");
    }

    private static BsonValue orNull(Object value) {
        BsonValue converted = toBson(value);
        return converted == null ? BsonNull.VALUE : converted;
    }

    private static BsonValue number(Number number) {
        if (number instanceof Integer whole) {
            return new BsonInt32(whole);
        }
        if (number instanceof Long whole) {
            return new BsonInt64(whole);
        }
        if (number instanceof Double || number instanceof Float) {
            return new BsonDouble(number.doubleValue());
        }
        try {
            return new BsonDecimal128(new Decimal128(new BigDecimal(number.toString())));
        } catch (NumberFormatException tooLarge) {
            throw new MappingFailure(MappingFailure.EXPRESSION_FAILED, ShortText.cut("No BSON number: " + number));
        }
    }
}
