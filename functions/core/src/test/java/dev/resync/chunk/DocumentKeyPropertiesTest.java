package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

class DocumentKeyPropertiesTest {

    @Property(seed = "47", tries = 200)
    void isOneForWholeNumbersThatCompareEqual(@ForAll int number, @ForAll int other) {
        assertThat(DocumentKey.of(new BsonInt32(number))).isEqualTo(DocumentKey.of(new BsonInt64(number)));
        assertThat(DocumentKey.of(new BsonInt32(number)).equals(DocumentKey.of(new BsonInt32(other))))
                .isEqualTo(number == other);
    }

    @Property(seed = "47", tries = 100)
    void isTheIdItselfElsewhere(@ForAll String text, @ForAll double number) {
        assertThat(DocumentKey.of(new BsonString(text))).isEqualTo(new BsonString(text));
        assertThat(DocumentKey.of(new BsonDouble(number))).isEqualTo(new BsonDouble(number));
    }
}
