package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.plan.PlanDocument;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;

class UnmappedFieldsTest {

    private final UnmappedFields unmapped = new UnmappedFields(PlanDocument.small()
            .with("/sources/people/exclude", "[{rule: 'x', reason: 'r', where: {field: 'state', in: [1]}}]")
            .with("/sources/people/sensitive", "['secret', 'address.phone']")
            .with("/sources/people/modifiedField", "'changed'")
            .with("/sources/visits/identity", "'owner'")
            .rules(
                    "{path: 'a', from: ['people.address.city', {value: 1, whenPresent: 'people.flag'}]}",
                    "{path: 'w', from: [{value: 1, when: {field: 'people.kind', in: ['x']}}]}",
                    "{path: 'j', from: [{join: ['people.title', 'people.called.first']}], type: 'string'}",
                    "{path: 'b', expression: 'people.seen & people.\"quoted\"'}",
                    "{path: 'c', each: 'visits', orderBy: [{field: 'rank'}], fields: [{path: 'd', from: ['d']}]}")
            .read());

    private Set<String> unmapped(String source, String json) {
        BsonDocument document = BsonDocument.parse(json);
        Set<String> found = new TreeSet<>();
        unmapped.collect(source, document, found);
        Set<String> raw = new TreeSet<>();
        unmapped.collect(source, new RawBsonDocument(document, new BsonDocumentCodec()), raw);
        assertThat(raw).isEqualTo(found);
        return found;
    }

    @Test
    void namedFieldsAreMapped() {
        assertThat(unmapped("people", "{_id: 1, state: 1, address: {city: {x: 1}}, flag: 1, seen: 1, quoted: 1}"))
                .isEmpty();
        assertThat(unmapped("people", "{secret: 1, address: {phone: 1}, changed: 1}"))
                .isEmpty();
        assertThat(unmapped("people", "{title: 1, kind: 1, called: {first: 1}}"))
                .isEmpty();
        assertThat(unmapped("visits", "{_id: 1, person: 1, owner: 1, rank: 1, d: 1}"))
                .isEmpty();
        assertThat(unmapped("moves", "{_id: 1, person: 1, at: 1}")).isEmpty();
    }

    @Test
    void otherFieldsAreListedByPath() {
        assertThat(unmapped("people", "{colour: {a: 1}, address: {street: [1], city: 1}, name: null}"))
                .containsExactly("address.street", "colour", "name");
        assertThat(unmapped("people", "{title: 1, called: {last: 1}}")).containsExactly("called.last");
        assertThat(unmapped("people", "{address: [{city: 1}]}")).isEmpty();
    }

    @Test
    void anUnknownSourceIsTheCallersMistake() {
        assertThatThrownBy(() -> unmapped.collect("nobody", new BsonDocument(), new TreeSet<>()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
