package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** An account is the sum of what became of each document, and tells where one is missing or counts twice. */
class SourceAccountPropertiesTest {

    private static final Set<Place> HANDED_OVER =
            Set.of(Place.UNMATCHED, Place.QUARANTINED, Place.SUPERSEDED, Place.USED);

    /** Where one document went. */
    private enum Place {
        WITHOUT_KEY,
        EXCLUDED_AS_TEST,
        EXCLUDED_AS_OLD,
        UNMATCHED,
        QUARANTINED,
        SUPERSEDED,
        USED;

        SourceAccount account() {
            return new SourceAccount(
                    1, is(WITHOUT_KEY), excluded(), is(UNMATCHED), is(QUARANTINED), is(SUPERSEDED), is(USED));
        }

        private Map<String, Long> excluded() {
            return switch (this) {
                case EXCLUDED_AS_TEST -> Map.of("test", 1L);
                case EXCLUDED_AS_OLD -> Map.of("old", 1L);
                default -> Map.of();
            };
        }

        private long is(Place place) {
            return this == place ? 1 : 0;
        }
    }

    @Property(seed = "31", tries = 300)
    void countsEachDocumentInItsPlace(@ForAll List<Place> first, @ForAll List<Place> second) {
        SourceAccount sum = account(first).plus(account(second));
        assertThat(sum.read()).isEqualTo(first.size() + second.size());
        assertThat(sum.withoutKey()).isEqualTo(count(Place.WITHOUT_KEY, first, second));
        assertThat(sum.excluded().getOrDefault("test", 0L)).isEqualTo(count(Place.EXCLUDED_AS_TEST, first, second));
        assertThat(sum.excluded().getOrDefault("old", 0L)).isEqualTo(count(Place.EXCLUDED_AS_OLD, first, second));
        assertThat(sum.unmatched()).isEqualTo(count(Place.UNMATCHED, first, second));
        assertThat(sum.quarantined()).isEqualTo(count(Place.QUARANTINED, first, second));
        assertThat(sum.superseded()).isEqualTo(count(Place.SUPERSEDED, first, second));
        assertThat(sum.used()).isEqualTo(count(Place.USED, first, second));
    }

    @Property(seed = "31", tries = 300)
    void balancesUntilADocumentIsLostOrCountsTwice(@ForAll List<Place> documents, @ForAll Place odd) {
        SourceAccount account = account(documents);
        SourceAccount counted = odd.account();
        SourceAccount unread = new SourceAccount(
                0,
                counted.withoutKey(),
                counted.excluded(),
                counted.unmatched(),
                counted.quarantined(),
                counted.superseded(),
                counted.used());
        assertThat(account.balanced()).isTrue();
        assertThat(account.plus(new SourceAccount(1, 0, Map.of(), 0, 0, 0, 0)).balanced())
                .isFalse();
        assertThat(account.plus(unread).balanced()).isFalse();
    }

    @Property(seed = "31", tries = 300)
    void stagesWhatMappingHasToAccountFor(@ForAll List<Place> documents) {
        long handedOver = documents.stream().filter(HANDED_OVER::contains).count();
        assertThat(account(documents).staged()).isEqualTo(handedOver);
        assertThat(account(documents).mapped()).isEqualTo(handedOver);
    }

    private static SourceAccount account(List<Place> documents) {
        return documents.stream().map(Place::account).reduce(SourceAccount.NONE, SourceAccount::plus);
    }

    private static long count(Place place, List<Place> first, List<Place> second) {
        return Collections.frequency(first, place) + Collections.frequency(second, place);
    }
}
