package dev.resync.cli.demo;

import dev.resync.cli.demo.DoctorFacts.Connection;
import dev.resync.cli.demo.DoctorFacts.Hidden;
import dev.resync.cli.demo.DoctorFacts.Recommendation;
import dev.resync.cli.demo.DoctorInventor.Traits;
import dev.resync.cli.demo.Draws.Topic;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Invents the rows of which a doctor can have many, oldest first. */
final class RowInventor {
    private final long seed;
    private final LocalDate today;

    RowInventor(long seed, LocalDate today) {
        this.seed = seed;
        this.today = today;
    }

    List<Recommendation> recommendations(int index, EdgeCase group, boolean oddEverywhere, OddKey odd, Traits traits) {
        Draws draws = Draws.of(seed, index, Topic.RECOMMENDATION);
        boolean tied = traits.has(EdgeCase.TIED_RECOMMENDATIONS, draws);
        int count = recommendationCount(tied, traits, draws);
        boolean noOutcome = traits.has(EdgeCase.NULL_OUTCOME, draws);
        if (group == EdgeCase.UNKNOWN_OUTCOME) {
            count = 1;
            noOutcome = false;
        }
        count = withoutDoctor(group, EdgeCase.ORPHAN_RECOMMENDATION, count);
        // Only the GMC asks for recommendations.
        count = group == EdgeCase.TIS_ONLY ? 0 : count;
        LocalDate due = today.plusDays(draws.between(-400, 100)).minusDays(500L * Math.max(0, count - 1));
        List<Recommendation> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean latest = i == count - 1;
            String outcome = outcome(latest, tied, rows, draws);
            rows.add(recommendation(null, latest && noOutcome ? null : outcome, due, traits, draws));
            boolean nextIsTied = tied && i == count - 2;
            due = nextIsTied ? due : due.plusDays(draws.between(300, 500));
        }
        if (group == EdgeCase.ODD_KEY_IN_RECOMMENDATION || oddEverywhere) {
            rows.add(recommendation(odd, "APPROVED", today.minusDays(100), traits, draws));
        }
        return List.copyOf(rows);
    }

    private static int recommendationCount(boolean tied, Traits traits, Draws draws) {
        int point = draws.below(Draws.WHOLE);
        int several = draws.chance(60_000) ? 2 : draws.between(3, 4);
        int none = EdgeCase.NO_RECOMMENDATION.share();
        if (traits.reserved()) {
            boolean wanted = !traits.reservedFor(EdgeCase.NO_RECOMMENDATION);
            boolean many = tied || traits.reservedFor(EdgeCase.SEVERAL_RECOMMENDATIONS);
            return many ? several : wanted ? 1 : 0;
        }
        if (tied || point >= Draws.WHOLE - EdgeCase.SEVERAL_RECOMMENDATIONS.share()) {
            return several;
        }
        return point < none ? 0 : 1;
    }

    // Two rows of one day must differ, or it would not show which of them was taken.
    private static String outcome(boolean latest, boolean tied, List<Recommendation> before, Draws draws) {
        String drawn = draws.chance(latest ? 65_000 : 90_000)
                ? "APPROVED"
                : draws.chance(75_000) ? "UNDER_REVIEW" : "REJECTED";
        if (latest && tied && !before.isEmpty()) {
            return "APPROVED".equals(before.get(before.size() - 1).outcome()) ? "REJECTED" : "APPROVED";
        }
        return drawn;
    }

    private Recommendation recommendation(OddKey odd, String outcome, LocalDate due, Traits traits, Draws draws) {
        String type = draws.pick(Vocabulary.RECOMMENDATION_TYPES);
        LocalDate actual = due.minusDays(draws.between(1, 40));
        boolean deferred = type.equals("DEFER");
        LocalDate deferral = due.plusDays(draws.between(90, 365));
        List<String> comments = new ArrayList<>();
        for (int i = draws.below(3); i > 0; i--) {
            comments.add(draws.pick(Vocabulary.COMMENTS));
        }
        String status = outcome == null
                ? draws.pick(List.of("STARTED", "READY_TO_REVIEW", "READY_TO_SUBMIT"))
                : outcome.equals("UNDER_REVIEW") ? "SUBMITTED_TO_GMC" : "COMPLETED";
        return new Recommendation(
                odd,
                form(traits, draws),
                outcome,
                type,
                status,
                due,
                outcome == null ? null : actual,
                deferred ? deferral : null,
                List.copyOf(comments));
    }

    List<Connection> connections(int index, EdgeCase group, boolean oddEverywhere, OddKey odd, Traits traits) {
        Draws draws = Draws.of(seed, index, Topic.CONNECTION);
        boolean several = traits.has(EdgeCase.SEVERAL_CONNECTIONS, draws);
        int count = several ? draws.between(2, 3) : draws.chance(35_000) || traits.reserved() ? 1 : 0;
        // The latest one fails, so an older one must count.
        boolean lastFails = traits.reservedFor(EdgeCase.FAILED_CONNECTION);
        count = withoutDoctor(group, EdgeCase.ORPHAN_CONNECTION, lastFails ? 2 : count);
        LocalDate day = today.minusDays(draws.between(900, 1_400));
        List<Connection> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean drawn = draws.chance(EdgeCase.FAILED_CONNECTION.share());
            boolean fails = traits.reserved() ? lastFails && i == count - 1 : drawn && !group.isOrphan();
            rows.add(connection(null, fails, day, traits, draws));
            day = day.plusDays(draws.between(5, 250));
        }
        if (group == EdgeCase.ODD_KEY_IN_CONNECTION || oddEverywhere) {
            rows.add(connection(odd, false, day, traits, draws));
        }
        return List.copyOf(rows);
    }

    private Connection connection(OddKey odd, boolean fails, LocalDate day, Traits traits, Draws draws) {
        DateForm form = form(traits, draws);
        return new Connection(
                odd,
                form,
                draws.pick(Vocabulary.BODIES),
                draws.pick(Vocabulary.BODIES),
                draws.pick(Vocabulary.ADMINS),
                draws.chance(70_000) ? "ADD" : "REMOVE",
                fails ? draws.pick(Vocabulary.FAILED_RESPONSES) : "0",
                form.fit(moment(day, draws)));
    }

    List<Hidden> hidden(int index, EdgeCase group, boolean oddEverywhere, OddKey odd, Traits traits) {
        Draws draws = Draws.of(seed, index, Topic.HIDDEN);
        boolean any = traits.has(EdgeCase.HIDDEN_DISCREPANCY, draws);
        boolean several = draws.chance(40_000);
        if (traits.reserved()) {
            several = traits.reservedFor(EdgeCase.SEVERAL_HIDDEN);
            any |= several;
        }
        int count = withoutDoctor(group, EdgeCase.ORPHAN_HIDDEN, any ? several ? draws.between(2, 3) : 1 : 0);
        LocalDate day = today.minusDays(draws.between(200, 400));
        List<Hidden> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(hiddenRow(null, day, traits, draws));
            day = day.plusDays(draws.between(5, 60));
        }
        if (group == EdgeCase.ODD_KEY_IN_HIDDEN || oddEverywhere) {
            rows.add(hiddenRow(odd, day, traits, draws));
        }
        return List.copyOf(rows);
    }

    private Hidden hiddenRow(OddKey odd, LocalDate day, Traits traits, Draws draws) {
        DateForm form = form(traits, draws);
        return new Hidden(
                odd,
                form,
                draws.pick(Vocabulary.BODIES),
                draws.pick(Vocabulary.BODIES),
                draws.pick(Vocabulary.BODIES),
                draws.pick(Vocabulary.ADMINS),
                draws.pick(Vocabulary.HIDING_REASONS),
                form.fit(moment(day, draws)),
                day.plusDays(draws.between(100, 500)));
    }

    /** A moment in office hours, away from the hour that a clock change skips or repeats. */
    Instant moment(LocalDate day, Draws draws) {
        return day.atTime(draws.between(8, 18), draws.below(60), draws.below(60), draws.below(1_000) * 1_000_000)
                .atZone(DateForm.LONDON)
                .toInstant();
    }

    // Rows of one doctor may differ in form, so "latest" cannot be told by comparing raw values.
    private static DateForm form(Traits traits, Draws draws) {
        boolean usual = draws.chance(92_000) || traits.reserved();
        return usual ? DateForm.BSON : draws.pick(DoctorInventor.anyForm());
    }

    // An orphan is the only row of its number; a doctor without a proper _id has no other rows.
    private static int withoutDoctor(EdgeCase group, EdgeCase orphan, int count) {
        if (group.isOrphan()) {
            return group == orphan ? 1 : 0;
        }
        return group == EdgeCase.ODD_KEY_IN_GMC ? 0 : count;
    }
}
