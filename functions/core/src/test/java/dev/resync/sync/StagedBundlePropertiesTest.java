package dev.resync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** What goes into fragments comes out of them. */
class StagedBundlePropertiesTest {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    @Provide
    Arbitrary<Map<String, List<RawBsonDocument>>> sources() {
        Arbitrary<RawBsonDocument> document = Combinators.combine(
                        Arbitraries.integers(), Arbitraries.strings().ofMaxLength(30))
                .as((id, text) -> new RawBsonDocument(
                        new BsonDocument("_id", new BsonInt32(id))
                                .append("text", new BsonString(text))
                                .append("in", new BsonDocument("text", new BsonString(text))),
                        CODEC));
        return Arbitraries.maps(
                        Arbitraries.of("gmc", "tis", "é"),
                        document.list().ofMinSize(1).ofMaxSize(12))
                .ofMinSize(1);
    }

    @Property(tries = 200)
    void hasTheDocumentsOfAllItsFragments(
            @ForAll("sources") Map<String, List<RawBsonDocument>> first,
            @ForAll("sources") Map<String, List<RawBsonDocument>> second,
            @ForAll("sources") Map<String, List<RawBsonDocument>> ofOtherKey) {
        BsonValue key = new BsonString("1");
        List<RawBsonDocument> fragments = new ArrayList<>();
        fragments.addAll(Fragment.of(key, 0, copy(first)));
        fragments.addAll(Fragment.of(key, 1, copy(second)));
        fragments.addAll(Fragment.of(new BsonString("2"), 0, copy(ofOtherKey)));
        List<StagedBundle> bundles = new ArrayList<>();
        StagedBundle.forEach(fragments, bundles::add);

        assertThat(bundles).extracting(StagedBundle::key).containsExactly(key, new BsonString("2"));
        assertThat(bundles.get(0).documents().keySet())
                .containsExactlyInAnyOrderElementsOf(together(first, second).keySet());
        together(first, second).forEach((source, documents) -> assertThat(
                        bundles.get(0).documents().get(source))
                .containsExactlyInAnyOrderElementsOf(documents));
        ofOtherKey.forEach((source, documents) ->
                assertThat(bundles.get(1).documents().get(source)).containsExactlyInAnyOrderElementsOf(documents));
    }

    @Property(tries = 200)
    void tellsTheSameWhetherAFragmentIsRawOrNot(@ForAll("sources") Map<String, List<RawBsonDocument>> sources) {
        RawBsonDocument raw = Fragment.of(new BsonString("1"), 7, copy(sources)).get(0);
        BsonDocument decoded = raw.decode(CODEC);

        assertThat(Fragment.keyOf(decoded)).isEqualTo(Fragment.keyOf(raw)).isEqualTo(new BsonString("1"));
        assertThat(Fragment.chunkOf(decoded)).isEqualTo(Fragment.chunkOf(raw)).isEqualTo(7);
        assertThat(versions(decoded)).isEqualTo(versions(raw)).isNotEmpty();
    }

    private static List<DocumentVersion> versions(BsonDocument fragment) {
        List<DocumentVersion> versions = new ArrayList<>();
        for (String source : List.of("gmc", "tis", "é")) {
            Fragment.forEachVersion(source, fragment, new DocumentVersion.Factory(), versions::add);
        }
        return versions;
    }

    private static Map<String, List<RawBsonDocument>> copy(Map<String, List<RawBsonDocument>> sources) {
        Map<String, List<RawBsonDocument>> copy = new LinkedHashMap<>();
        sources.forEach((source, documents) -> copy.put(source, new ArrayList<>(documents)));
        return copy;
    }

    private static Map<String, List<RawBsonDocument>> together(
            Map<String, List<RawBsonDocument>> first, Map<String, List<RawBsonDocument>> second) {
        Map<String, List<RawBsonDocument>> together = new TreeMap<>(copy(first));
        second.forEach((source, documents) ->
                together.computeIfAbsent(source, any -> new ArrayList<>()).addAll(documents));
        return together;
    }
}
