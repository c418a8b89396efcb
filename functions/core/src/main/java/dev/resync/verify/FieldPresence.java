package dev.resync.verify;

/**
 * How often a field has a value.
 *
 * @param field rule id: target, dot, path; {@code []} marks the elements of an array
 * @param liveValues values other than null in live
 * @param liveTotal documents (array elements for a field of an element) in live
 * @param shadowValues values other than null in the new view
 * @param shadowTotal documents or elements in the new view
 */
public record FieldPresence(String field, long liveValues, long liveTotal, long shadowValues, long shadowTotal) {

    /** Returns the share of values in live, 0 to 1; 0 where there are no documents. */
    public double liveShare() {
        return liveTotal == 0 ? 0 : (double) liveValues / liveTotal;
    }

    /** Returns the share of values in the new view, 0 to 1; 0 where there are no documents. */
    public double shadowShare() {
        return shadowTotal == 0 ? 0 : (double) shadowValues / shadowTotal;
    }

    /** Returns which part of live's share the new view has lost, 0 (none) to 1 (all). */
    public double dropOut() {
        if (liveValues == 0) {
            return 0;
        }
        if (shadowTotal == 0) {
            return 1;
        }
        // Of whole numbers, so that three of ten are 0.3 and not a little more than a limit of 0.3.
        double before = (double) shadowTotal * liveValues;
        return Math.max(0, (before - (double) shadowValues * liveTotal) / before);
    }
}
