package dev.resync.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.plan.value.Numbers;
import java.math.BigDecimal;
import org.bson.BsonBoolean;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/** BSON values of the texts, numbers and booleans that stand in a plan. */
final class JsonScalars {

    private JsonScalars() {}

    /** Returns the value: a whole number as int32 where it fits, else int64; any other number as double. */
    static BsonValue toBson(JsonNode node) {
        if (node.isBoolean()) {
            return BsonBoolean.valueOf(node.booleanValue());
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return Numbers.whole(number).map(JsonScalars::whole).orElseGet(() -> new BsonDouble(number.doubleValue()));
        }
        return node.isNull() ? BsonNull.VALUE : new BsonString(node.asText());
    }

    private static BsonValue whole(long number) {
        return number == (int) number ? new BsonInt32((int) number) : new BsonInt64(number);
    }
}
