package dev.resync.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

class HashSumPropertiesTest {

    @Property(seed = "19", tries = 300)
    void doesNotDependOnTheOrder(@ForAll("sets") List<RawBsonDocument> documents, @ForAll long seed) {
        List<RawBsonDocument> shuffled = new ArrayList<>(documents);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(hash(shuffled)).isEqualTo(hash(documents));
    }

    @Property(seed = "19", tries = 300)
    void addsUpOverParts(@ForAll("sets") List<RawBsonDocument> documents, @ForAll @IntRange(min = 0, max = 30) int at) {
        int cut = Math.min(at, documents.size());
        ContentHash left = hash(documents.subList(0, cut));
        ContentHash right = hash(documents.subList(cut, documents.size()));
        assertThat(left.plus(right)).isEqualTo(hash(documents)).isEqualTo(right.plus(left));
        assertThat(left.plus(ContentHash.EMPTY)).isEqualTo(left);
    }

    @Property(seed = "19", tries = 300)
    void noticesADocumentThatIsDoubledLostOrChanged(@ForAll("sets") List<RawBsonDocument> documents) {
        ContentHash whole = hash(documents);
        if (!documents.isEmpty()) {
            List<RawBsonDocument> other = new ArrayList<>(documents);
            other.add(documents.get(0));
            assertThat(hash(other)).isNotEqualTo(whole);
            assertThat(hash(documents.subList(1, documents.size()))).isNotEqualTo(whole);
            other.remove(other.size() - 1);
            BsonDocument changed = BsonDocument.parse(other.get(0).toJson()).append("more", new BsonInt32(1));
            other.set(0, new RawBsonDocument(changed, new BsonDocumentCodec()));
            assertThat(hash(other))
                    .isNotEqualTo(whole)
                    .extracting(ContentHash::documents)
                    .isEqualTo(whole.documents());
        }
    }

    @Property(seed = "19", tries = 300)
    void isTheSumOfTheDigestsModuloTwoToThe256(@ForAll("sets") List<RawBsonDocument> documents)
            throws NoSuchAlgorithmException {
        BigInteger sum = BigInteger.ZERO;
        for (RawBsonDocument document : documents) {
            byte[] bytes = new byte[document.getByteBuffer().remaining()];
            document.getByteBuffer().asNIO().get(bytes);
            sum = sum.add(new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
        String expected = "%064x".formatted(sum.mod(BigInteger.TWO.pow(256)));
        assertThat(hash(documents)).isEqualTo(new ContentHash(documents.size(), expected));
    }

    @Property(seed = "19", tries = 500)
    void carriesOverAllWords(@ForAll("sums") String a, @ForAll("sums") String b) {
        BigInteger sum = new BigInteger(a, 16).add(new BigInteger(b, 16)).mod(BigInteger.TWO.pow(256));
        assertThat(new ContentHash(1, a).plus(new ContentHash(2, b)))
                .isEqualTo(new ContentHash(3, "%064x".formatted(sum)));
    }

    private static ContentHash hash(List<RawBsonDocument> documents) {
        HashSum sum = new HashSum();
        documents.forEach(sum::add);
        return sum.toContentHash();
    }

    @Provide
    Arbitrary<List<RawBsonDocument>> sets() {
        return Arbitraries.strings()
                .ofMaxLength(8)
                .map(text -> new BsonDocument("_id", new BsonString(text)).append("text", new BsonString(text + text)))
                .map(document -> new RawBsonDocument(document, new BsonDocumentCodec()))
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<String> sums() {
        return Arbitraries.of("0000000000000000", "ffffffffffffffff", "8000000000000000", "0000000000000001")
                .list()
                .ofSize(4)
                .map(words -> String.join("", words));
    }
}
