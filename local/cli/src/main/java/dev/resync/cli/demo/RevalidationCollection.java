package dev.resync.cli.demo;

import java.util.List;

/** The collections of the revalidation example, all in the database {@link RevalidationData#DATABASE}. */
public enum RevalidationCollection {
    /** What the GMC knows of a doctor; one document per GMC number, which is the {@code _id}. */
    DOCTORS("doctorsForDB", "_id"),
    /** Training data: none, one or several rows per GMC number. */
    TRAINEES("traineeInfo", "gmcReferenceNumber"),
    /** Recommendations: many per GMC number, the latest counts. */
    RECOMMENDATIONS("recommendation", "gmcNumber"),
    /** Connection requests: many per GMC number, the latest successful one counts. */
    CONNECTIONS("connectionLogs", "gmcId"),
    /** Discrepancies that an admin chose to hide: many per GMC number, all kept. */
    HIDDEN_DISCREPANCIES("hiddenDiscrepancy", "gmcId"),
    /** Live target: one document per GMC number. */
    MASTER_DOCTOR_VIEW("masterDoctorView", "_id"),
    /** Live target for consumers: the same doctor under {@code recommendationInfo}. */
    RECOMMENDATION_VIEW("recommendationView", "_id");

    private static final List<RevalidationCollection> SOURCES =
            List.of(DOCTORS, TRAINEES, RECOMMENDATIONS, CONNECTIONS, HIDDEN_DISCREPANCIES);
    private static final List<RevalidationCollection> TARGETS = List.of(MASTER_DOCTOR_VIEW, RECOMMENDATION_VIEW);

    private final String collectionName;
    private final String keyField;

    RevalidationCollection(String collectionName, String keyField) {
        this.collectionName = collectionName;
        this.keyField = keyField;
    }

    /** Returns the name of the collection in the database. */
    public String collectionName() {
        return collectionName;
    }

    /** Returns the name of the field that holds the GMC number. */
    public String keyField() {
        return keyField;
    }

    /** Returns whether this is a live view and not a source. */
    public boolean isTarget() {
        return TARGETS.contains(this);
    }

    /** Returns the five source collections. */
    public static List<RevalidationCollection> sources() {
        return SOURCES;
    }

    /** Returns the two live views. */
    public static List<RevalidationCollection> targets() {
        return TARGETS;
    }

    /**
     * Finds a collection by its name in the database.
     *
     * @throws IllegalArgumentException if the example has no collection of that name
     */
    public static RevalidationCollection named(String collectionName) {
        for (RevalidationCollection collection : values()) {
            if (collection.collectionName.equals(collectionName)) {
                return collection;
            }
        }
        throw new IllegalArgumentException("the revalidation example has no collection " + collectionName);
    }
}
