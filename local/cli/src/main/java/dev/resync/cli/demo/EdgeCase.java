package dev.resync.cli.demo;

import static dev.resync.cli.demo.DoctorFacts.LiveAge.NOT_YET;
import static dev.resync.cli.demo.DoctorFacts.LiveAge.STALE;

import dev.resync.cli.demo.DoctorFacts.Connection;
import dev.resync.cli.demo.DoctorFacts.Recommendation;
import dev.resync.cli.demo.DoctorFacts.Row;
import java.util.List;
import java.util.function.Predicate;

/**
 * The situations that a mapping must get right, and how often the generator invents them.
 *
 * <p>The first constants are <em>groups</em>: every doctor is in exactly one. They are dealt out evenly, so each thousand
 * doctors in a row hold the stated share and not merely about that many. The others are <em>traits</em>, drawn for each
 * doctor alone; shares of traits that need a row of one source are of the doctors with such a row.
 *
 * <table>
 * <caption>Shares</caption>
 * <tr><th>case</th><th>share of doctors</th></tr>
 * <tr><td>ORDINARY</td><td>81 %, the rest of the groups</td></tr>
 * <tr><td>GMC_ONLY</td><td>8 %</td></tr>
 * <tr><td>TIS_ONLY</td><td>6 %</td></tr>
 * <tr><td>SEVERAL_PROGRAMMES</td><td>3 %</td></tr>
 * <tr><td>SHARED_PERSON</td><td>up to 0.2 %: only where the doctor before is an ordinary one</td></tr>
 * <tr><td>DUPLICATE_TRAINEE</td><td>0.1 %, quarantined</td></tr>
 * <tr><td>BAD_DATE_IN_GMC, BAD_DATE_IN_TIS</td><td>0.025 % each, quarantined</td></tr>
 * <tr><td>UNKNOWN_VALUE_IN_GMC, UNKNOWN_OUTCOME</td><td>0.025 % each, quarantined</td></tr>
 * <tr><td>ODD_KEY_IN_TIS</td><td>0.4 %</td></tr>
 * <tr><td>ODD_KEY_IN_GMC, _RECOMMENDATION, _CONNECTION, _HIDDEN</td><td>0.1 % each</td></tr>
 * <tr><td>ORPHAN_RECOMMENDATION, ORPHAN_CONNECTION</td><td>0.14 % each</td></tr>
 * <tr><td>ORPHAN_HIDDEN</td><td>0.02 %</td></tr>
 * <tr><td>LEFT_SOURCES</td><td>0.5 %, in the live view only</td></tr>
 * <tr><td>STALE_IN_LIVE</td><td>3 %</td></tr>
 * <tr><td>MISSING_IN_LIVE</td><td>1 %</td></tr>
 * <tr><td>BODY_EMPTY</td><td>1.5 %</td></tr>
 * <tr><td>BODY_ABSENT</td><td>3 %</td></tr>
 * <tr><td>BODY_DISCREPANCY</td><td>8 % of TIS rows, where the GMC row has a body</td></tr>
 * <tr><td>EXISTS_ABSENT</td><td>4 %</td></tr>
 * <tr><td>NAME_FROM_TIS</td><td>0.3 %</td></tr>
 * <tr><td>NULL_DATE</td><td>2 % of GMC rows and 2 % of TIS rows</td></tr>
 * <tr><td>UNNAMED_FIELD</td><td>3 %</td></tr>
 * <tr><td>DATE_DAY</td><td>8 % of GMC rows (the usual form in TIS)</td></tr>
 * <tr><td>DATE_SPACED</td><td>5 % of GMC rows</td></tr>
 * <tr><td>DATE_ISO, _ISO_MILLIS, _ISO_OFFSET, _ISO_UTC_MILLIS</td><td>2 % of GMC rows each</td></tr>
 * <tr><td>NO_RECOMMENDATION</td><td>25 % of doctors with a GMC row</td></tr>
 * <tr><td>SEVERAL_RECOMMENDATIONS</td><td>25 %: two to four</td></tr>
 * <tr><td>TIED_RECOMMENDATIONS</td><td>1 %, with different outcomes</td></tr>
 * <tr><td>NULL_OUTCOME</td><td>15 % of the latest recommendations</td></tr>
 * <tr><td>FAILED_CONNECTION</td><td>8 % of connection logs</td></tr>
 * <tr><td>SEVERAL_CONNECTIONS</td><td>20 %: two or three</td></tr>
 * <tr><td>HIDDEN_DISCREPANCY</td><td>5 %: one to three</td></tr>
 * <tr><td>SEVERAL_HIDDEN</td><td>2 %: two or three</td></tr>
 * </table>
 *
 * <p>From 100 doctors on, the first places (one for each case, nearly 50) are set aside so that every case occurs at
 * least once. They outweigh the shares in a small population: from 2,000 doctors on, less than 0.5 % are quarantined, but of
 * 200 doctors it is 2.7 %. With fewer than 100 doctors there are no such places and cases may be missing.
 */
public enum EdgeCase {
    /** Known to GMC and TIS, one row each. */
    ORDINARY(0),
    /** No TIS row. */
    GMC_ONLY(8_000),
    /** No GMC row. */
    TIS_ONLY(6_000),
    /** Two or three TIS rows of one person that differ in the programme. */
    SEVERAL_PROGRAMMES(3_000),
    /** The same {@code tcsPersonId} as the doctor before, under another GMC number. */
    SHARED_PERSON(200),
    /** Two TIS rows with one GMC number and different {@code tcsPersonId}. */
    DUPLICATE_TRAINEE(100),
    /** A GMC date that is none. */
    BAD_DATE_IN_GMC(25),
    /** A TIS date that is none. */
    BAD_DATE_IN_TIS(25),
    /** An unknown {@code underNotice} or {@code doctorStatus}. */
    UNKNOWN_VALUE_IN_GMC(25),
    /** An unknown outcome of the latest recommendation. */
    UNKNOWN_OUTCOME(25),
    /** A GMC row whose {@code _id} is no GMC number; nothing else is known of the doctor. */
    ODD_KEY_IN_GMC(100, oddIn(RevalidationCollection.DOCTORS)),
    /** A TIS row without a proper GMC number; the GMC knows the doctor. */
    ODD_KEY_IN_TIS(400, oddIn(RevalidationCollection.TRAINEES)),
    /** A recommendation, beside the doctor's others, without a proper GMC number. */
    ODD_KEY_IN_RECOMMENDATION(100, oddIn(RevalidationCollection.RECOMMENDATIONS)),
    /** A connection log, beside the doctor's others, without a proper GMC number. */
    ODD_KEY_IN_CONNECTION(100, oddIn(RevalidationCollection.CONNECTIONS)),
    /** A hidden discrepancy, beside the doctor's others, without a proper GMC number. */
    ODD_KEY_IN_HIDDEN(100, oddIn(RevalidationCollection.HIDDEN_DISCREPANCIES)),
    /** A recommendation for a GMC number that neither GMC nor TIS has. */
    ORPHAN_RECOMMENDATION(140),
    /** A connection log for a GMC number that neither GMC nor TIS has. */
    ORPHAN_CONNECTION(140),
    /** A hidden discrepancy for a GMC number that neither GMC nor TIS has. */
    ORPHAN_HIDDEN(20),
    /** In the live view, but no longer in any source. */
    LEFT_SOURCES(500),

    /** The live view holds older values. */
    STALE_IN_LIVE(3_000, facts -> facts.inSources() && facts.hasDrivingRow() && facts.liveAge() == STALE),
    /** The live view does not have the doctor yet. */
    MISSING_IN_LIVE(1_000, facts -> facts.inSources() && facts.hasDrivingRow() && facts.liveAge() == NOT_YET),
    /** {@code designatedBodyCode} is the empty text. */
    BODY_EMPTY(1_500, gmc(row -> row.body() != null && row.body().isEmpty())),
    /** No {@code designatedBodyCode}. */
    BODY_ABSENT(3_000, gmc(row -> row.body() == null)),
    /** {@code tcsDesignatedBody} is another than {@code designatedBodyCode}. */
    BODY_DISCREPANCY(8_000, EdgeCase::hasDiscrepancy),
    /** No {@code existsInGmc} in a GMC row. */
    EXISTS_ABSENT(4_000, gmc(row -> row.existsInGmc() == null)),
    /** The GMC row has no names. */
    NAME_FROM_TIS(300, gmc(row -> row.firstName() == null)),
    /** One date of a row is null, the others are not. */
    NULL_DATE(2_000, EdgeCase::hasNullDate),
    /** A field that no rule of the plan names. */
    UNNAMED_FIELD(3_000, gmc(row -> row.unnamedField())),
    /** GMC dates as {@code yyyy-MM-dd}. */
    DATE_DAY(8_000, gmc(row -> row.form() == DateForm.DAY)),
    /** GMC dates as {@code yyyy-MM-dd HH:mm:ss}. */
    DATE_SPACED(5_000, gmc(row -> row.form() == DateForm.SPACED)),
    /** GMC dates as ISO date-times. */
    DATE_ISO(2_000, gmc(row -> row.form() == DateForm.ISO)),
    /** GMC dates as ISO date-times with milliseconds. */
    DATE_ISO_MILLIS(2_000, gmc(row -> row.form() == DateForm.ISO_MILLIS)),
    /** GMC dates as ISO date-times with an offset. */
    DATE_ISO_OFFSET(2_000, gmc(row -> row.form() == DateForm.ISO_OFFSET)),
    /** GMC dates as ISO date-times in UTC with milliseconds. */
    DATE_ISO_UTC_MILLIS(2_000, gmc(row -> row.form() == DateForm.ISO_UTC_MILLIS)),
    /** A GMC row and no recommendation. */
    NO_RECOMMENDATION(
            25_000, gmc(row -> true).and(facts -> facts.recommendations().isEmpty())),
    /** Several recommendations, of which only the latest counts. */
    SEVERAL_RECOMMENDATIONS(25_000, facts -> count(facts.recommendations()) > 1),
    /** The two latest recommendations have the same {@code gmcSubmissionDate}. */
    TIED_RECOMMENDATIONS(1_000, EdgeCase::hasTie),
    /** The latest recommendation has no outcome. */
    NULL_OUTCOME(
            15_000,
            facts -> facts.latestRecommendation() != null
                    && facts.latestRecommendation().outcome() == null),
    /** At least one connection log with a failed response. */
    FAILED_CONNECTION(8_000, facts -> !facts.connections().stream().allMatch(Connection::successful)),
    /** Several connection logs. */
    SEVERAL_CONNECTIONS(20_000, facts -> count(facts.connections()) > 1),
    /** At least one hidden discrepancy. */
    HIDDEN_DISCREPANCY(5_000, facts -> facts.hasDrivingRow() && count(facts.hidden()) > 0),
    /** Several hidden discrepancies. */
    SEVERAL_HIDDEN(2_000, facts -> count(facts.hidden()) > 1);

    private final int share;
    private final Predicate<DoctorFacts> shownBy;

    EdgeCase(int share) {
        this.share = share;
        this.shownBy = facts -> facts.group() == this;
    }

    EdgeCase(int share, Predicate<DoctorFacts> shownBy) {
        this.share = share;
        this.shownBy = shownBy;
    }

    /** Returns the share in parts of 100,000; 0 for {@link #ORDINARY}, which takes what the other groups leave. */
    int share() {
        return share;
    }

    /** Returns whether this is a group, of which every doctor has exactly one. */
    boolean isGroup() {
        return compareTo(LEFT_SOURCES) <= 0;
    }

    boolean isOrphan() {
        return this == ORPHAN_RECOMMENDATION || this == ORPHAN_CONNECTION || this == ORPHAN_HIDDEN;
    }

    /** Returns whether the plan puts such a doctor into quarantine. */
    public boolean quarantines() {
        return compareTo(DUPLICATE_TRAINEE) >= 0 && compareTo(UNKNOWN_OUTCOME) <= 0;
    }

    boolean shownBy(DoctorFacts facts) {
        boolean onlyInLive = !facts.inSources() && this != LEFT_SOURCES;
        return !onlyInLive && shownBy.test(facts);
    }

    private static Predicate<DoctorFacts> oddIn(RevalidationCollection source) {
        return facts -> facts.rows(source).stream().anyMatch(row -> !row.keyed());
    }

    private static Predicate<DoctorFacts> gmc(Predicate<DoctorFacts.Gmc> test) {
        return facts -> facts.gmc() != null && facts.gmc().keyed() && test.test(facts.gmc());
    }

    private static long count(List<? extends Row> rows) {
        return rows.stream().filter(Row::keyed).count();
    }

    private static boolean hasNullDate(DoctorFacts facts) {
        DoctorFacts.Gmc gmc = facts.gmc();
        return (gmc != null && gmc.keyed() && (gmc.submissionDate() == null || gmc.lastUpdatedDate() == null))
                || facts.trainees().stream()
                        .anyMatch(row -> row.membershipEnd() == null || row.curriculumEnd() == null);
    }

    private static boolean hasDiscrepancy(DoctorFacts facts) {
        String body =
                facts.gmc() == null || !facts.gmc().keyed() ? null : facts.gmc().body();
        return body != null
                && !body.isEmpty()
                && facts.trainees().stream()
                        .anyMatch(row -> row.keyed() && !row.body().equals(body));
    }

    private static boolean hasTie(DoctorFacts facts) {
        List<Recommendation> rows =
                facts.recommendations().stream().filter(Row::keyed).toList();
        int last = rows.size() - 1;
        return last > 0
                && rows.get(last).gmcSubmissionDate().equals(rows.get(last - 1).gmcSubmissionDate());
    }
}
