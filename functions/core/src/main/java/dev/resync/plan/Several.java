package dev.resync.plan;

/**
 * What a path through a {@code many} source gives when the bundle holds several documents of it.
 *
 * @param kind what to do
 * @param separator text between joined values; null unless {@code kind} is {@link Kind#JOIN}
 */
public record Several(Kind kind, String separator) {

    /** The default: one value where all agree, else quarantine. */
    public static final Several QUARANTINE = new Several(Kind.QUARANTINE, null);

    /** The ways to treat several documents. */
    public enum Kind {
        /** One value where all values other than null agree; else the bundle goes to quarantine. */
        QUARANTINE,
        /** Null as soon as there are several documents, even where their values agree. */
        NULL,
        /** The distinct values other than null, joined in the source's own order. */
        JOIN
    }
}
