package dev.resync.plan;

import java.util.List;
import org.bson.BsonValue;

/**
 * Tests of a document's key; any one that holds claims the document. Texts are looked at both as they are and as
 * transformed.
 *
 * @param in keys to claim; may be empty
 * @param ignoreCase whether {@code in} and {@code contains} ignore upper and lower case
 * @param blank claims empty text and text of nothing but white space
 * @param isNull claims null
 * @param missing claims documents without the field
 * @param wrongType claims keys of another type than the source's, arrays included
 * @param contains text to claim where a key contains it; null for no such test
 */
public record KeyTest(
        List<BsonValue> in,
        boolean ignoreCase,
        boolean blank,
        boolean isNull,
        boolean missing,
        boolean wrongType,
        String contains) {
    public KeyTest {
        in = List.copyOf(in);
    }
}
