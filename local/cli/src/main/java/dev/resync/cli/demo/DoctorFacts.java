package dev.resync.cli.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * All that is invented about one doctor, before it is written in the form of any collection. Facts are always sound: a bad
 * date or an unknown value is put in only when a source document is written, so the older live view, made when the value
 * was still good, can be written from the same facts.
 *
 * @param index the doctor's place in the population
 * @param gmcNumber seven digits, unique
 * @param group the group of doctors that excludes the others; {@link EdgeCase#ORDINARY} for most
 * @param gmc null where the GMC does not know the doctor
 * @param liveAge how the older live view knows the doctor
 */
record DoctorFacts(
        int index,
        String gmcNumber,
        EdgeCase group,
        Gmc gmc,
        List<Trainee> trainees,
        List<Recommendation> recommendations,
        List<Connection> connections,
        List<Hidden> hidden,
        LiveAge liveAge) {

    /** Whether the older live view has the doctor as of today, as of some weeks ago, or not yet. */
    enum LiveAge {
        UP_TO_DATE,
        STALE,
        NOT_YET
    }

    /** A row of any source; {@code oddKey} is null where the row names its doctor properly. */
    interface Row {
        OddKey oddKey();

        default boolean keyed() {
            return oddKey() == null;
        }
    }

    /** {@code firstName}, {@code lastName}, {@code existsInGmc}, {@code body} and dates may be null. */
    record Gmc(
            OddKey oddKey,
            DateForm form,
            String firstName,
            String lastName,
            String sanction,
            String body,
            String admin,
            LocalDate submissionDate,
            LocalDate dateAdded,
            LocalDate lastUpdatedDate,
            Instant gmcLastUpdated,
            String underNotice,
            String status,
            Boolean existsInGmc,
            boolean unnamedField)
            implements Row {

        Gmc reassigned(String newAdmin, LocalDate updated) {
            return changed(newAdmin, status, updated);
        }

        Gmc moved(String newStatus, LocalDate updated) {
            return changed(admin, newStatus, updated);
        }

        private Gmc changed(String newAdmin, String newStatus, LocalDate updated) {
            return new Gmc(
                    oddKey,
                    form,
                    firstName,
                    lastName,
                    sanction,
                    body,
                    newAdmin,
                    submissionDate,
                    dateAdded,
                    updated,
                    gmcLastUpdated,
                    underNotice,
                    newStatus,
                    existsInGmc,
                    unnamedField);
        }
    }

    /** {@code curriculumEnd} and {@code membershipEnd} may be null. */
    record Trainee(
            OddKey oddKey,
            DateForm form,
            long personId,
            String firstName,
            String lastName,
            String programme,
            String membershipType,
            LocalDate membershipStart,
            LocalDate membershipEnd,
            LocalDate curriculumEnd,
            LocalDate submissionDate,
            String body,
            String owner,
            String grade)
            implements Row {}

    /** {@code outcome}, {@code actualSubmissionDate} and {@code deferralDate} may be null. */
    record Recommendation(
            OddKey oddKey,
            DateForm form,
            String outcome,
            String type,
            String status,
            LocalDate gmcSubmissionDate,
            LocalDate actualSubmissionDate,
            LocalDate deferralDate,
            List<String> comments)
            implements Row {}

    record Connection(
            OddKey oddKey,
            DateForm form,
            String newBody,
            String previousBody,
            String updatedBy,
            String requestType,
            String responseCode,
            Instant requestTime)
            implements Row {

        boolean successful() {
            return responseCode.equals("0");
        }
    }

    record Hidden(
            OddKey oddKey,
            DateForm form,
            String currentBody,
            String ownerBody,
            String hiddenFor,
            String hiddenBy,
            String reason,
            Instant hiddenAt,
            LocalDate hiddenUntil)
            implements Row {}

    /** Returns whether any source still has the doctor. */
    boolean inSources() {
        return group != EdgeCase.LEFT_SOURCES;
    }

    /** Returns whether a driving row (of GMC or TIS) creates a row of the target for this doctor. */
    boolean hasDrivingRow() {
        return (gmc != null && gmc.keyed()) || trainees.stream().anyMatch(Row::keyed);
    }

    /** Returns whether the plan puts all rows of this doctor into quarantine. */
    boolean quarantined() {
        return group.quarantines();
    }

    /** Returns the rows of one source, odd keys included. */
    List<? extends Row> rows(RevalidationCollection source) {
        return switch (source) {
            case DOCTORS -> gmc == null ? List.of() : List.of(gmc);
            case TRAINEES -> trainees;
            case RECOMMENDATIONS -> recommendations;
            case CONNECTIONS -> connections;
            case HIDDEN_DISCREPANCIES -> hidden;
            default -> throw new IllegalArgumentException(source + " is no source");
        };
    }

    /**
     * Returns the recommendation that counts, or null: the latest {@code gmcSubmissionDate}, and of equals the later row,
     * which has the greater {@code _id}.
     */
    Recommendation latestRecommendation() {
        Recommendation latest = null;
        for (Recommendation row : recommendations) {
            if (row.keyed() && (latest == null || !row.gmcSubmissionDate().isBefore(latest.gmcSubmissionDate()))) {
                latest = row;
            }
        }
        return latest;
    }

    /** Returns the connection that counts, or null: the successful one with the latest {@code requestTime}. */
    Connection latestConnection() {
        Connection latest = null;
        for (Connection row : connections) {
            if (row.keyed()
                    && row.successful()
                    && (latest == null || row.requestTime().isAfter(latest.requestTime()))) {
                latest = row;
            }
        }
        return latest;
    }
}
