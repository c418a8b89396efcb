package dev.resync.cli.demo;

import static dev.resync.cli.demo.EdgeCase.ODD_KEY_IN_GMC;
import static dev.resync.cli.demo.EdgeCase.ORDINARY;
import static dev.resync.cli.demo.EdgeCase.SHARED_PERSON;

import dev.resync.cli.demo.Draws.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which group a doctor belongs to, from seed and index alone.
 *
 * <p>Each block of a thousand doctors is shuffled and dealt out by the shares, so a block holds exactly its portion: with
 * free draws, a small population could by bad luck exceed the quarantine gate.
 */
final class Assignment {
    /** With fewer doctors no place is reserved: the cases would outweigh all else. */
    static final int FEWEST_WITH_RESERVED = 100;

    private static final int BLOCK = 1_000;
    private static final List<Place> PLACES = places();

    private final long seed;
    private final boolean reserving;

    Assignment(long seed, int doctors) {
        this.seed = seed;
        this.reserving = doctors >= FEWEST_WITH_RESERVED;
    }

    /** What a reserved doctor must show; {@code oddKey} only with an odd key. */
    record Place(EdgeCase edgeCase, OddKey oddKey) {
        EdgeCase group() {
            return edgeCase.isGroup() ? edgeCase : ORDINARY;
        }
    }

    /** Returns what the doctor at this index is reserved for, or null. */
    Place reserved(int index) {
        return reserving && index < PLACES.size() ? PLACES.get(index) : null;
    }

    EdgeCase group(int index) {
        EdgeCase dealt = dealt(index);
        // The doctor before lends the person, so it must have exactly one sound TIS row.
        if (dealt == SHARED_PERSON && (index == 0 || dealt(index - 1) != ORDINARY)) {
            return ORDINARY;
        }
        return dealt;
    }

    private EdgeCase dealt(int index) {
        Place place = reserved(index);
        return place == null ? dealtFromBlock(index) : place.group();
    }

    private EdgeCase dealtFromBlock(int index) {
        Draws draws = Draws.of(seed, index / BLOCK, Topic.ASSIGNMENT);
        int factor = coprime(draws);
        int rank = (factor * (index % BLOCK) + draws.below(BLOCK)) % BLOCK;
        // One place in a thousand may be shared by several rarer groups.
        int unit = Draws.WHOLE / BLOCK;
        int point = rank * unit + Draws.of(seed, index, Topic.ASSIGNMENT, 1).below(unit);
        for (EdgeCase group : EdgeCase.values()) {
            if (!group.isGroup() || point < group.share()) {
                return group.isGroup() ? group : ORDINARY;
            }
            point -= group.share();
        }
        return ORDINARY;
    }

    // Multiplying by a number without a common divisor visits every place of the block once.
    private static int coprime(Draws draws) {
        int factor = draws.between(101, 900);
        while (factor % 2 == 0 || factor % 5 == 0) {
            factor++;
        }
        return factor;
    }

    private static List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (EdgeCase edgeCase : EdgeCase.values()) {
            if (edgeCase == ODD_KEY_IN_GMC) {
                // Each of these shows its kind of odd key in every source that can hold it.
                for (OddKey oddKey : OddKey.values()) {
                    places.add(new Place(edgeCase, oddKey));
                }
            } else if (!edgeCase.name().startsWith("ODD_KEY")) {
                // An ordinary doctor must stand before the one that shares its person.
                if (edgeCase == SHARED_PERSON) {
                    places.add(new Place(ORDINARY, null));
                }
                places.add(new Place(edgeCase, null));
            }
        }
        return List.copyOf(places);
    }
}
