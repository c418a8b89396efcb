package dev.resync.cli.demo;

import dev.resync.cli.demo.Assignment.Place;
import dev.resync.cli.demo.DoctorFacts.Gmc;
import dev.resync.cli.demo.DoctorFacts.LiveAge;
import dev.resync.cli.demo.DoctorFacts.Trainee;
import dev.resync.cli.demo.Draws.Topic;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Invents the facts of one doctor from seed, index and generation, without looking at any other doctor. */
final class DoctorInventor {
    private static final int NUMBERS = 10_000_000;
    private static final int FIRST_NUMBER = 9_000_000;
    private static final long FIRST_PERSON = 4_000_000L;
    private static final long FIRST_SECOND_PERSON = 40_000_000L;
    /** One doctor in so many changes from one generation to the next. */
    private static final int CHANGE_EVERY = 50;

    private final long seed;
    private final int generation;
    private final LocalDate today;
    private final Assignment assignment;
    private final RowInventor rows;

    DoctorInventor(int doctors, long seed, Instant asOf, int generation) {
        this.seed = seed;
        this.generation = generation;
        this.today = asOf.atZone(DateForm.LONDON).toLocalDate();
        this.assignment = new Assignment(seed, doctors);
        this.rows = new RowInventor(seed, today);
    }

    /** Returns the GMC number at an index; beyond the first million they go on from {@code 0000000}. */
    static String gmcNumber(int index) {
        return String.format(Locale.ROOT, "%07d", (FIRST_NUMBER + (long) index) % NUMBERS);
    }

    DoctorFacts invent(int index) {
        Place place = assignment.reserved(index);
        EdgeCase group = assignment.group(index);
        Traits traits = new Traits(place);
        OddKey odd = oddKey(index, group, place);
        Gmc gmc = changed(index, gmc(index, group, odd, traits));
        boolean oddOnly = group == EdgeCase.ODD_KEY_IN_GMC;
        boolean oddEverywhere = oddOnly && place != null;
        return new DoctorFacts(
                index,
                gmcNumber(index),
                group,
                gmc,
                trainees(index, group, oddEverywhere, odd, traits),
                rows.recommendations(index, group, oddEverywhere, odd, traits),
                rows.connections(index, group, oddEverywhere, odd, traits),
                rows.hidden(index, group, oddEverywhere, odd, traits),
                liveAge(index, traits));
    }

    /** Which traits a doctor has: the one its place is reserved for, or what the draws say. */
    record Traits(Place place) {
        boolean has(EdgeCase trait, Draws draws) {
            // Draw in any case, so that a reserved doctor uses up as many numbers as any other.
            boolean drawn = draws.chance(trait.share());
            return place == null ? drawn : place.edgeCase() == trait;
        }

        boolean reserved() {
            return place != null;
        }

        boolean reservedFor(EdgeCase trait) {
            return place != null && place.edgeCase() == trait;
        }
    }

    private OddKey oddKey(int index, EdgeCase group, Place place) {
        if (place != null && place.oddKey() != null) {
            return place.oddKey();
        }
        Draws draws = Draws.of(seed, index, Topic.ODD_ROW);
        return switch (group) {
            // Texts like "unknown" can be the _id of one document only; those places are reserved.
            case ODD_KEY_IN_GMC -> draws.pick(List.of(OddKey.NO_BREAK_SPACE, OddKey.NUMBER, OddKey.MISSING));
            case ODD_KEY_IN_TIS, ODD_KEY_IN_RECOMMENDATION, ODD_KEY_IN_CONNECTION, ODD_KEY_IN_HIDDEN ->
                draws.pick(List.of(OddKey.values()));
            default -> null;
        };
    }

    /** What GMC and TIS mostly agree on; {@code home} is the place of the designated body in its list. */
    private record Person(String firstName, String lastName, int home) {}

    private Person person(int index) {
        Draws draws = Draws.of(seed, index, Topic.PERSON);
        return new Person(
                draws.pick(Vocabulary.FIRST_NAMES),
                draws.pick(Vocabulary.LAST_NAMES),
                draws.below(Vocabulary.BODIES.size()));
    }

    private Gmc gmc(int index, EdgeCase group, OddKey odd, Traits traits) {
        boolean oddId = group == EdgeCase.ODD_KEY_IN_GMC;
        if (group == EdgeCase.TIS_ONLY || group.isOrphan() || (oddId && !odd.fitsId())) {
            return null;
        }
        Draws draws = Draws.of(seed, index, Topic.GMC);
        Person person = person(index);
        DateForm form = gmcForm(draws, traits);
        boolean empty = traits.has(EdgeCase.BODY_EMPTY, draws);
        boolean absent = traits.has(EdgeCase.BODY_ABSENT, draws);
        boolean inTis = group != EdgeCase.GMC_ONLY && group != EdgeCase.ODD_KEY_IN_TIS;
        boolean noNames = traits.has(EdgeCase.NAME_FROM_TIS, draws) && inTis;
        boolean existsAbsent = traits.has(EdgeCase.EXISTS_ABSENT, draws);
        boolean exists = !draws.chance(2_000) || traits.reserved();
        boolean nullDate = traits.has(EdgeCase.NULL_DATE, draws);
        boolean submissionNull = nullDate && draws.below(2) == 0;
        LocalDate updated = today.minusDays(draws.between(20, 700));
        LocalDate submission = today.plusDays(draws.between(-300, 1_500));
        return new Gmc(
                oddId ? odd : null,
                form,
                noNames ? null : person.firstName(),
                noNames ? null : person.lastName(),
                draws.pick(Vocabulary.SANCTIONS),
                empty ? "" : absent ? null : Vocabulary.BODIES.get(person.home()),
                draws.pick(Vocabulary.ADMINS),
                submissionNull ? null : submission,
                today.minusDays(draws.between(800, 4_000)),
                nullDate && !submissionNull ? null : updated,
                form.fit(rows.moment(updated, draws)),
                draws.pick(Vocabulary.UNDER_NOTICE),
                draws.pick(Vocabulary.DOCTOR_STATUSES),
                existsAbsent ? null : exists,
                traits.has(EdgeCase.UNNAMED_FIELD, draws));
    }

    private static DateForm gmcForm(Draws draws, Traits traits) {
        List<EdgeCase> cases = List.of(
                EdgeCase.DATE_DAY,
                EdgeCase.DATE_SPACED,
                EdgeCase.DATE_ISO,
                EdgeCase.DATE_ISO_MILLIS,
                EdgeCase.DATE_ISO_OFFSET,
                EdgeCase.DATE_ISO_UTC_MILLIS);
        int point = draws.below(Draws.WHOLE);
        for (int i = 0; i < cases.size(); i++) {
            EdgeCase edgeCase = cases.get(i);
            boolean drawn = point >= 0 && point < edgeCase.share();
            if (traits.reserved() ? traits.reservedFor(edgeCase) : drawn) {
                return DateForm.values()[i + 1];
            }
            point -= edgeCase.share();
        }
        return DateForm.BSON;
    }

    private Gmc changed(int index, Gmc gmc) {
        Gmc changed = gmc;
        for (int step = 2; step <= generation && changed != null; step++) {
            int chosen =
                    Draws.of(seed, index / CHANGE_EVERY, Topic.CHANGE, step).below(CHANGE_EVERY);
            if (index % CHANGE_EVERY == chosen) {
                Draws draws = Draws.of(seed, index, Topic.CHANGE, step);
                changed = draws.below(2) == 0
                        ? changed.reassigned(draws.pickOther(Vocabulary.ADMINS, changed.admin()), today)
                        : changed.moved(draws.pickOther(Vocabulary.DOCTOR_STATUSES, changed.status()), today);
            }
        }
        return changed;
    }

    private List<Trainee> trainees(int index, EdgeCase group, boolean oddEverywhere, OddKey odd, Traits traits) {
        if (group == EdgeCase.GMC_ONLY || group.isOrphan()) {
            return List.of();
        }
        if (group == EdgeCase.ODD_KEY_IN_GMC && !oddEverywhere) {
            return List.of();
        }
        boolean oddRow = group == EdgeCase.ODD_KEY_IN_TIS || oddEverywhere;
        Draws draws = Draws.of(seed, index, Topic.TRAINEE);
        Trainee first = trainee(index, group, oddRow ? odd : null, traits, draws);
        List<Trainee> trainees = new ArrayList<>(List.of(first));
        if (group == EdgeCase.SEVERAL_PROGRAMMES) {
            addProgrammes(trainees, draws);
        } else if (group == EdgeCase.DUPLICATE_TRAINEE) {
            trainees.add(another(first, FIRST_SECOND_PERSON + index, first.programme(), draws));
        }
        return List.copyOf(trainees);
    }

    private Trainee trainee(int index, EdgeCase group, OddKey odd, Traits traits, Draws draws) {
        Person person = person(index);
        int bodies = Vocabulary.BODIES.size();
        int elsewhere = (person.home() + draws.between(1, bodies - 1)) % bodies;
        int home = traits.has(EdgeCase.BODY_DISCREPANCY, draws) ? elsewhere : person.home();
        // Now and then TIS has another family name, which shows whose name a mapping takes.
        String otherName = draws.pickOther(Vocabulary.LAST_NAMES, person.lastName());
        boolean renamed = draws.chance(2_000);
        LocalDate start = today.minusDays(draws.between(60, 1_400));
        // A few memberships have ended already; no rule asks for that.
        LocalDate end = today.plusDays(draws.between(-60, 1_200));
        boolean nullDate = traits.has(EdgeCase.NULL_DATE, draws) && !traits.reserved();
        boolean endNull = nullDate && draws.below(2) == 0;
        DateForm form = draws.chance(90_000) || traits.reserved() ? DateForm.DAY : draws.pick(anyForm());
        return new Trainee(
                odd,
                form,
                FIRST_PERSON + (group == EdgeCase.SHARED_PERSON ? index - 1 : index),
                person.firstName(),
                renamed ? otherName : person.lastName(),
                draws.pick(Vocabulary.PROGRAMMES),
                draws.pick(Vocabulary.MEMBERSHIP_TYPES),
                start,
                endNull ? null : end,
                nullDate && !endNull ? null : end.plusDays(draws.between(0, 400)),
                end.minusDays(draws.between(0, 200)),
                Vocabulary.BODIES.get(home),
                Vocabulary.OWNERS.get(home),
                draws.pick(Vocabulary.GRADES));
    }

    // In the order of the names, so that joined by name or by _id they read the same.
    private static void addProgrammes(List<Trainee> trainees, Draws draws) {
        Trainee first = trainees.remove(0);
        int size = Vocabulary.PROGRAMMES.size();
        int start = draws.below(size - 2);
        int rows = draws.between(2, Math.min(3, size - start));
        for (int i = 0; i < rows; i++) {
            trainees.add(another(first, first.personId(), Vocabulary.PROGRAMMES.get(start + i), draws));
        }
    }

    private static Trainee another(Trainee row, long personId, String programme, Draws draws) {
        return new Trainee(
                row.oddKey(),
                row.form(),
                personId,
                row.firstName(),
                row.lastName(),
                programme,
                draws.pick(Vocabulary.MEMBERSHIP_TYPES),
                row.membershipStart().minusDays(draws.between(0, 30)),
                row.membershipEnd(),
                row.curriculumEnd(),
                row.submissionDate(),
                row.body(),
                row.owner(),
                row.grade());
    }

    private LiveAge liveAge(int index, Traits traits) {
        Draws draws = Draws.of(seed, index, Topic.LIVE);
        if (traits.has(EdgeCase.MISSING_IN_LIVE, draws)) {
            return LiveAge.NOT_YET;
        }
        return traits.has(EdgeCase.STALE_IN_LIVE, draws) ? LiveAge.STALE : LiveAge.UP_TO_DATE;
    }

    static List<DateForm> anyForm() {
        return List.of(DateForm.values());
    }
}
