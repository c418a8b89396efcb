package dev.resync.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevalidationDataTest {
    static final Instant AS_OF = Instant.parse("2026-06-15T09:00:00Z");

    @ParameterizedTest
    @EnumSource
    void sameSeedGivesTheSameBytes(RevalidationCollection collection) {
        assertThat(digest(data(500, 7), collection)).isEqualTo(digest(data(500, 7), collection));
    }

    @ParameterizedTest
    @EnumSource
    void otherSeedGivesOtherBytes(RevalidationCollection collection) {
        assertThat(digest(data(500, 7), collection)).isNotEqualTo(digest(data(500, 8), collection));
    }

    @Test
    void bytesAreTheSameOnEveryMachine() throws Exception {
        MessageDigest all = MessageDigest.getInstance("SHA-256");
        for (RevalidationCollection collection : RevalidationCollection.values()) {
            all.update(digest(data(500, 7), collection).getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(HexFormat.of().formatHex(all.digest()))
                .isEqualTo("cc0ed5ee90439097e74fedbc83e5042d564dc9dd377afdbc48f446e59937364b");
    }

    @Test
    void defaultZoneAndLocaleDoNotMatter() {
        List<String> here = digests();
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab-ca-islamic"));
            assertThat(digests()).isEqualTo(here);
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyDoctorAloneEqualsTheStreamedOne(RevalidationCollection collection) {
        List<BsonDocument> alone = new ArrayList<>();
        for (int index = 1_199; index >= 0; index--) {
            alone.addAll(0, data(1_200, 7).documentsOf(collection, index));
        }
        assertThat(data(1_200, 7).documents(collection)).containsExactlyElementsOf(alone);
    }

    @ParameterizedTest
    @EnumSource
    void aLargerPopulationBeginsWithTheSmallerOne(RevalidationCollection collection) {
        List<BsonDocument> small = data(300, 7).documents(collection).toList();
        assertThat(data(RevalidationData.MOST_DOCTORS, 7).documents(collection).limit(small.size()))
                .containsExactlyElementsOf(small);
    }

    @Test
    void nothingIsMadeBeforeItIsAskedFor() {
        Iterator<BsonDocument> documents = data(RevalidationData.MOST_DOCTORS, 7)
                .documents(RevalidationCollection.TRAINEES)
                .iterator();
        for (int i = 0; i < 1_000; i++) {
            assertThat(documents.next()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void idsAreUnique(RevalidationCollection collection) {
        Set<BsonValue> ids = new HashSet<>();
        assertThat(data(20_000, 7).documents(collection)).allSatisfy(document -> {
            assertThat(document.getFirstKey()).isEqualTo("_id");
            assertThat(ids.add(document.get("_id")))
                    .as("%s", document.get("_id"))
                    .isTrue();
        });
    }

    @Test
    void documentsHaveARealisticSize() {
        Map<RevalidationCollection, Double> averages = new EnumMap<>(RevalidationCollection.class);
        for (RevalidationCollection collection : RevalidationCollection.values()) {
            averages.put(
                    collection,
                    data(2_000, 7)
                            .documents(collection)
                            .mapToInt(document -> bytes(document).length)
                            .average()
                            .orElseThrow());
        }
        // A connection log has few and short fields.
        assertThat(averages)
                .allSatisfy((collection, average) ->
                        assertThat(average).as(collection.collectionName()).isBetween(200.0, 900.0));
        double overall = averages.values().stream()
                .mapToDouble(average -> average)
                .average()
                .orElseThrow();
        assertThat(overall).isBetween(300.0, 900.0);
    }

    @Test
    void gmcNumbersAreUniqueAndHaveSevenDigits() {
        RevalidationData data = data(RevalidationData.MOST_DOCTORS, 7);
        Set<String> numbers = new HashSet<>();
        for (int index = 0; index < RevalidationData.MOST_DOCTORS; index += 997) {
            assertThat(data.gmcNumber(index)).matches("[0-9]{7}");
            assertThat(numbers.add(data.gmcNumber(index))).isTrue();
        }
        assertThat(data.gmcNumber(0)).isEqualTo("9000000");
        assertThat(data.gmcNumber(1_000_000)).isEqualTo("0000000");
    }

    @Test
    void extremePopulationsWork() {
        assertThat(data(1, 7).expectations().documents()).isNotEmpty();
        for (int seed = 0; seed < 40; seed++) {
            assertThat(data(30, seed).expectations().bundles()).isBetween(25L, 30L);
        }
        assertThatThrownBy(() -> data(0, 7)).hasMessageContaining("not 0");
        assertThatThrownBy(() -> data(RevalidationData.MOST_DOCTORS + 1, 7)).hasMessageContaining("10000001");
        assertThatThrownBy(() -> data(5, 7).documentsOf(RevalidationCollection.DOCTORS, 5))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void keysOtherThanIdsAreIndexed() {
        RevalidationData data = data(1, 7);
        for (RevalidationCollection source : RevalidationCollection.sources()) {
            List<String> indexed = data.indexes(source).stream()
                    .map(index -> index.getDocument("key").getFirstKey())
                    .toList();
            assertThat(indexed).isEqualTo(source.keyField().equals("_id") ? List.of() : List.of(source.keyField()));
        }
        for (RevalidationCollection target : RevalidationCollection.targets()) {
            assertThat(data.indexes(target)).hasSize(3).allSatisfy(index -> assertThat(index)
                    .containsKey("name"));
        }
        assertThat(data.collections()).hasSize(7).allSatisfy(name -> assertThat(
                        RevalidationCollection.named(name).collectionName())
                .isEqualTo(name));
    }

    @Test
    void theNextGenerationChangesAFewDoctors() {
        RevalidationData second = data(20_000, 7).inGeneration(2);
        List<BsonDocument> changes =
                second.changes(RevalidationCollection.DOCTORS).toList();
        assertThat(changes.size()).isBetween(340, 400);
        Set<BsonDocument> before = new HashSet<>(
                data(20_000, 7).documents(RevalidationCollection.DOCTORS).toList());
        assertThat(second.documents(RevalidationCollection.DOCTORS).filter(document -> !before.contains(document)))
                .containsExactlyElementsOf(changes);
        for (RevalidationCollection collection : RevalidationCollection.values()) {
            if (collection != RevalidationCollection.DOCTORS) {
                assertThat(second.changes(collection)).isEmpty();
                assertThat(digest(data(500, 7).inGeneration(2), collection))
                        .isEqualTo(digest(data(500, 7), collection));
            }
        }
    }

    @Test
    void laterGenerationsKeepEarlierChanges() {
        RevalidationData data = data(2_000, 7);
        long once = data.inGeneration(2).changes(RevalidationCollection.DOCTORS).count();
        Set<BsonDocument> before =
                new HashSet<>(data.documents(RevalidationCollection.DOCTORS).toList());
        long since = data.inGeneration(4)
                .documents(RevalidationCollection.DOCTORS)
                .filter(document -> !before.contains(document))
                .count();
        assertThat(since).isGreaterThan(2 * once);
    }

    static RevalidationData data(int doctors, long seed) {
        return new RevalidationData(doctors, seed, AS_OF);
    }

    private static List<String> digests() {
        return Stream.of(RevalidationCollection.values())
                .map(collection -> digest(data(300, 7), collection))
                .toList();
    }

    private static String digest(RevalidationData data, RevalidationCollection collection) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            data.documents(collection).forEach(document -> digest.update(ByteBuffer.wrap(bytes(document))));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    private static byte[] bytes(BsonDocument document) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
            return buffer.toByteArray();
        }
    }
}
